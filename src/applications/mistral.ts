import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mistral",
  title: "Mistral AI",
  source: "https://mistral.ai",
  applications: [
    {
      name: "mistral",
      title: "Mistral AI",
      category: "ai",
      hosts: ["mistral.ai"],
    },
  ],
});
