import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "square-enix",
  title: "Square Enix",
  source: "https://www.square-enix.com",
  applications: [
    {
      name: "square-enix",
      title: "Square Enix",
      category: "gaming",
      hosts: ["square-enix.com", "square-enix.net", "finalfantasyxiv.com"],
    },
  ],
});
