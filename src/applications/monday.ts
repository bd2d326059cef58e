import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "monday",
  title: "monday.com",
  source: "https://monday.com",
  applications: [
    {
      name: "monday",
      title: "monday.com",
      category: "productivity",
      hosts: ["monday.com"],
    },
  ],
});
