import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "brave",
  title: "Brave",
  source: "https://brave.com",
  applications: [
    {
      name: "brave",
      title: "Brave",
      category: "web",
      hosts: ["brave.com", "bravesoftware.com", "brave.io", "basicattentiontoken.org"],
    },
  ],
});
