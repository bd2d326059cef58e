import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "quora",
  title: "Quora",
  source: "https://www.quora.com",
  applications: [
    {
      name: "quora",
      title: "Quora",
      category: "social",
      hosts: ["quora.com", "quoracdn.net", "poe.com"],
    },
  ],
});
