import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "grammarly",
  title: "Grammarly",
  source: "https://support.grammarly.com/hc/en-us/articles/115000090872",
  applications: [
    {
      name: "grammarly",
      title: "Grammarly",
      category: "productivity",
      hosts: ["grammarly.com", "grammarly.io", "grammarly.net"],
    },
  ],
});
