import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "jsdelivr",
  title: "jsDelivr",
  source: "https://www.jsdelivr.com",
  applications: [
    {
      name: "jsdelivr",
      title: "jsDelivr",
      category: "cdn",
      shared: true,
      hosts: ["jsdelivr.net", "jsdelivr.com"],
    },
  ],
});
