import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "duckduckgo",
  title: "DuckDuckGo",
  source: "https://duckduckgo.com",
  applications: [
    {
      name: "duckduckgo",
      title: "DuckDuckGo",
      category: "search",
      hosts: ["duckduckgo.com", "duck.com", "spreadprivacy.com", "duck.ai"],
    },
  ],
});
