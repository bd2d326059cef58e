import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "overleaf",
  title: "Overleaf",
  source: "https://www.overleaf.com",
  applications: [
    {
      name: "overleaf",
      title: "Overleaf",
      category: "productivity",
      hosts: ["overleaf.com"],
    },
  ],
});
