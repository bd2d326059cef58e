import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pubmatic",
  title: "PubMatic",
  source: "https://pubmatic.com",
  applications: [
    {
      name: "pubmatic",
      title: "PubMatic",
      category: "advertising",
      hosts: ["pubmatic.com"],
    },
  ],
});
