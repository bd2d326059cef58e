import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "arxiv",
  title: "arXiv",
  source: "https://arxiv.org",
  applications: [
    {
      name: "arxiv",
      title: "arXiv",
      category: "education",
      hosts: ["arxiv.org"],
    },
  ],
});
