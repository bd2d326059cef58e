import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "roll20",
  title: "Roll20",
  source: "https://roll20.net",
  applications: [
    {
      name: "roll20",
      title: "Roll20",
      category: "gaming",
      hosts: ["roll20.net"],
    },
  ],
});
