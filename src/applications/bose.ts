import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bose",
  title: "Bose",
  source: "https://www.bose.com",
  applications: [
    {
      name: "bose",
      title: "Bose",
      category: "iot",
      hosts: ["bose.com", "bose.io", "bosecm.com"],
    },
  ],
});
