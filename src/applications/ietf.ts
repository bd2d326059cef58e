import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ietf",
  title: "IETF",
  source: "https://www.ietf.org",
  applications: [
    {
      name: "ietf",
      title: "IETF",
      category: "developer",
      hosts: ["ietf.org", "rfc-editor.org"],
    },
  ],
});
