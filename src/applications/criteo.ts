import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "criteo",
  title: "Criteo",
  source: "https://www.criteo.com",
  applications: [
    {
      name: "criteo",
      title: "Criteo",
      category: "advertising",
      hosts: ["criteo.com", "criteo.net"],
    },
  ],
});
