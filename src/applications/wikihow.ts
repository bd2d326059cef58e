import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wikihow",
  title: "wikiHow",
  source: "https://www.wikihow.com",
  applications: [
    {
      name: "wikihow",
      title: "wikiHow",
      category: "web",
      hosts: ["wikihow.com", "whstatic.com"],
    },
  ],
});
