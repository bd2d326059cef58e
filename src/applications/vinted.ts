import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vinted",
  title: "Vinted",
  source: "https://www.vinted.com",
  applications: [
    {
      name: "vinted",
      title: "Vinted",
      category: "shopping",
      hosts: ["vinted.com", "vinted.fr", "vinted.de", "vinted.it", "vinted.net", "vinted.co.uk"],
    },
  ],
});
