import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "forbes",
  title: "Forbes",
  source: "https://www.forbes.com",
  applications: [
    {
      name: "forbes",
      title: "Forbes",
      category: "news",
      hosts: ["forbes.com", "forbesimg.com"],
    },
  ],
});
