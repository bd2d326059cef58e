import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "openai",
  title: "OpenAI",
  source:
    "https://help.openai.com/en/articles/9247338-network-recommendations-for-chatgpt-errors-on-web-and-apps",
  applications: [
    {
      name: "openai",
      title: "OpenAI",
      category: "ai",
      hosts: [
        "openai.com",
        "chatgpt.com",
        "oaistatic.com",
        "oaiusercontent.com",
        "chat.com",
        "sora.com",
      ],
    },
  ],
});
