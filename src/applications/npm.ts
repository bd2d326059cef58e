import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "npm",
  title: "npm",
  source: "https://docs.npmjs.com",
  applications: [
    {
      name: "npm",
      title: "npm",
      category: "developer",
      hosts: ["npmjs.com", "npmjs.org", "npmjs.help"],
    },
  ],
});
