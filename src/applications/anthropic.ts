import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "anthropic",
  title: "Anthropic",
  source: "https://www.anthropic.com",
  applications: [
    {
      name: "anthropic",
      title: "Anthropic",
      category: "ai",
      hosts: ["anthropic.com", "claude.ai", "claudeusercontent.com", "claude.com"],
    },
  ],
});
