import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ocs",
  title: "OCS",
  source: "https://www.ocs.fr",
  applications: [
    {
      name: "ocs",
      title: "OCS",
      category: "video",
      hosts: ["ocs.fr"],
    },
  ],
});
