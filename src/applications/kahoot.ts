import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kahoot",
  title: "Kahoot!",
  source: "https://kahoot.com",
  applications: [
    {
      name: "kahoot",
      title: "Kahoot!",
      category: "education",
      hosts: ["kahoot.com", "kahoot.it"],
    },
  ],
});
