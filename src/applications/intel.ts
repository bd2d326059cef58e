import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "intel",
  title: "Intel",
  source: "https://www.intel.com",
  applications: [
    {
      name: "intel",
      title: "Intel",
      category: "web",
      hosts: ["intel.com"],
    },
  ],
});
