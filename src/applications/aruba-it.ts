import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "aruba-it",
  title: "Aruba",
  source: "https://www.aruba.it",
  applications: [
    {
      name: "aruba-it",
      title: "Aruba",
      category: "cloud",
      shared: true,
      hosts: ["aruba.it", "arubabusiness.it", "arubacloud.com", "technorail.com"],
    },
  ],
});
