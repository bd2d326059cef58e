import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "xai",
  title: "xAI",
  source: "https://x.ai",
  applications: [
    {
      name: "grok",
      title: "Grok",
      category: "ai",
      hosts: ["grok.com", "x.ai"],
    },
  ],
});
