import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "stability",
  title: "Stability AI",
  source: "https://stability.ai",
  applications: [
    {
      name: "stability-ai",
      title: "Stability AI",
      category: "ai",
      hosts: ["stability.ai"],
    },
  ],
});
