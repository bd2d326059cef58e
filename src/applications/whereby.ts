import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "whereby",
  title: "Whereby",
  source: "https://whereby.com",
  applications: [
    {
      name: "whereby",
      title: "Whereby",
      category: "meeting",
      hosts: ["whereby.com", "appear.in"],
    },
  ],
});
