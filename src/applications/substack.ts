import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "substack",
  title: "Substack",
  source: "https://substack.com",
  applications: [
    {
      name: "substack",
      title: "Substack",
      category: "news",
      hosts: ["substack.com", "substackcdn.com"],
    },
  ],
});
