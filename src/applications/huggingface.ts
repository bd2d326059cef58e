import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "huggingface",
  title: "Hugging Face",
  source: "https://huggingface.co",
  applications: [
    {
      name: "huggingface",
      title: "Hugging Face",
      category: "ai",
      hosts: ["huggingface.co", "hf.co", "hf.space"],
    },
  ],
});
