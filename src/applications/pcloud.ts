import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pcloud",
  title: "pCloud",
  source: "https://www.pcloud.com",
  applications: [
    {
      name: "pcloud",
      title: "pCloud",
      category: "storage",
      hosts: ["pcloud.com", "pcloud.link"],
    },
  ],
});
