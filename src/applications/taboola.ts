import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "taboola",
  title: "Taboola",
  source: "https://www.taboola.com",
  applications: [
    {
      name: "taboola",
      title: "Taboola",
      category: "advertising",
      hosts: ["taboola.com", "taboolasyndication.com"],
    },
  ],
});
