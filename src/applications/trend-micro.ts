import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "trend-micro",
  title: "Trend Micro",
  source: "https://www.trendmicro.com",
  applications: [
    {
      name: "trend-micro",
      title: "Trend Micro",
      category: "security",
      hosts: ["trendmicro.com", "trendmicro.eu", "trendmicro.co.jp", "trendmicro.org"],
    },
  ],
});
