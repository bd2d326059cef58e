import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "deepseek",
  title: "DeepSeek",
  source: "https://www.deepseek.com",
  applications: [
    {
      name: "deepseek",
      title: "DeepSeek",
      category: "ai",
      hosts: ["deepseek.com"],
    },
  ],
});
