import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "replicate",
  title: "Replicate",
  source: "https://replicate.com",
  applications: [
    {
      name: "replicate",
      title: "Replicate",
      category: "ai",
      hosts: ["replicate.com", "replicate.delivery"],
    },
  ],
});
