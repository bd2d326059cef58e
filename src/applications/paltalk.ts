import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "paltalk",
  title: "Paltalk",
  source: "https://www.paltalk.com",
  applications: [
    {
      name: "paltalk",
      title: "Paltalk",
      category: "messaging",
      hosts: ["paltalk.com", "paltalk.net", "camfrog.com"],
    },
  ],
});
