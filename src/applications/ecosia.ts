import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ecosia",
  title: "Ecosia",
  source: "https://www.ecosia.org",
  applications: [
    {
      name: "ecosia",
      title: "Ecosia",
      category: "search",
      hosts: ["ecosia.org"],
    },
  ],
});
