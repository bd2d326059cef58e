import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "block",
  title: "Block",
  source: "https://squareup.com",
  applications: [
    {
      name: "square",
      title: "Square",
      category: "finance",
      hosts: ["squareup.com", "square.com", "squarecdn.com", "square.site", "squareupsandbox.com"],
    },
    {
      name: "cash-app",
      title: "Cash App",
      category: "finance",
      source: "https://cash.app",
      hosts: ["cash.app"],
    },
  ],
});
