import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "canva",
  title: "Canva",
  source: "https://www.canva.com",
  applications: [
    {
      name: "canva",
      title: "Canva",
      category: "productivity",
      hosts: ["canva.com", "canva-apps.com"],
    },
  ],
});
