import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cohere",
  title: "Cohere",
  source: "https://cohere.com",
  applications: [
    {
      name: "cohere",
      title: "Cohere",
      category: "ai",
      hosts: ["cohere.com", "cohere.ai"],
    },
  ],
});
