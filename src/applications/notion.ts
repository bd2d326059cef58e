import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "notion",
  title: "Notion",
  source: "https://www.notion.com",
  applications: [
    {
      name: "notion",
      title: "Notion",
      category: "productivity",
      hosts: ["notion.so", "notion.com", "notion.site", "notion-static.com"],
    },
  ],
});
