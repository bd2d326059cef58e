import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "character-ai",
  title: "Character.AI",
  source: "https://character.ai",
  applications: [
    {
      name: "character-ai",
      title: "Character.AI",
      category: "ai",
      hosts: ["character.ai"],
    },
  ],
});
