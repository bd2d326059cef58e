import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "giphy",
  title: "GIPHY",
  source: "https://giphy.com",
  applications: [
    {
      name: "giphy",
      title: "GIPHY",
      category: "social",
      hosts: ["giphy.com"],
    },
  ],
});
