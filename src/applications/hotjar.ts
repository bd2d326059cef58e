import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hotjar",
  title: "Hotjar",
  source: "https://www.hotjar.com",
  applications: [
    {
      name: "hotjar",
      title: "Hotjar",
      category: "analytics",
      hosts: ["hotjar.com", "hotjar.io"],
    },
  ],
});
