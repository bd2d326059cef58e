import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nodejs",
  title: "Node.js",
  source: "https://nodejs.org",
  applications: [
    {
      name: "nodejs",
      title: "Node.js",
      category: "developer",
      hosts: ["nodejs.org"],
    },
  ],
});
