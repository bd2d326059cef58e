import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "figma",
  title: "Figma",
  source: "https://www.figma.com",
  applications: [
    {
      name: "figma",
      title: "Figma",
      category: "productivity",
      hosts: ["figma.com"],
    },
  ],
});
