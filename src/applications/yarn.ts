import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "yarn",
  title: "Yarn",
  source: "https://yarnpkg.com",
  applications: [
    {
      name: "yarn",
      title: "Yarn",
      category: "developer",
      hosts: ["yarnpkg.com"],
    },
  ],
});
