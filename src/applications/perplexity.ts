import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "perplexity",
  title: "Perplexity",
  source: "https://www.perplexity.ai",
  applications: [
    {
      name: "perplexity",
      title: "Perplexity",
      category: "ai",
      hosts: ["perplexity.ai", "pplx.ai"],
    },
  ],
});
