import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "deepl",
  title: "DeepL",
  source: "https://www.deepl.com",
  applications: [
    {
      name: "deepl",
      title: "DeepL",
      category: "web",
      hosts: ["deepl.com"],
    },
  ],
});
