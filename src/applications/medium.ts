import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "medium",
  title: "Medium",
  source: "https://medium.com",
  applications: [
    {
      name: "medium",
      title: "Medium",
      category: "web",
      hosts: ["medium.com"],
    },
  ],
});
