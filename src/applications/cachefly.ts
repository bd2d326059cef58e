import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cachefly",
  title: "CacheFly",
  source: "https://www.cachefly.com",
  applications: [
    {
      name: "cachefly",
      title: "CacheFly",
      category: "cdn",
      shared: true,
      hosts: ["cachefly.net", "cachefly.com"],
    },
  ],
});
