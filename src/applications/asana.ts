import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "asana",
  title: "Asana",
  source: "https://asana.com",
  applications: [
    {
      name: "asana",
      title: "Asana",
      category: "productivity",
      hosts: ["asana.com", "asana.biz"],
    },
  ],
});
