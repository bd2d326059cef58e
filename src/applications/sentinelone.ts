import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sentinelone",
  title: "SentinelOne",
  source: "https://www.sentinelone.com",
  applications: [
    {
      name: "sentinelone",
      title: "SentinelOne",
      category: "security",
      hosts: ["sentinelone.net", "sentinelone.com"],
    },
  ],
});
