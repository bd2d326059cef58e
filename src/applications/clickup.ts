import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "clickup",
  title: "ClickUp",
  source: "https://clickup.com",
  applications: [
    {
      name: "clickup",
      title: "ClickUp",
      category: "productivity",
      hosts: ["clickup.com"],
    },
  ],
});
