import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "todoist",
  title: "Doist",
  source: "https://todoist.com",
  applications: [
    {
      name: "todoist",
      title: "Todoist",
      category: "productivity",
      hosts: ["todoist.com"],
    },
  ],
});
