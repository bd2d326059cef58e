import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ifttt",
  title: "IFTTT",
  source: "https://ifttt.com",
  applications: [
    {
      name: "ifttt",
      title: "IFTTT",
      category: "iot",
      hosts: ["ifttt.com"],
    },
  ],
});
