import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "target",
  title: "Target",
  source: "https://www.target.com",
  applications: [
    {
      name: "target",
      title: "Target",
      category: "shopping",
      hosts: ["target.com", "targetimg1.com"],
    },
  ],
});
