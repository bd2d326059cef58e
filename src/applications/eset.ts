import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "eset",
  title: "ESET",
  source: "https://support.eset.com/en/kb332 (ports and addresses)",
  applications: [
    {
      name: "eset",
      title: "ESET",
      category: "security",
      hosts: ["eset.com", "eset.eu", "eset.sk", "esetsoftware.com"],
    },
  ],
});
