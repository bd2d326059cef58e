import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "miro",
  title: "Miro",
  source: "https://miro.com",
  applications: [
    {
      name: "miro",
      title: "Miro",
      category: "productivity",
      hosts: ["miro.com", "realtimeboard.com"],
    },
  ],
});
