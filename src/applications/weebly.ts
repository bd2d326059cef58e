import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "weebly",
  title: "Weebly",
  source: "https://www.weebly.com",
  applications: [
    {
      name: "weebly",
      title: "Weebly",
      category: "web",
      shared: true,
      hosts: ["weebly.com", "editmysite.com"],
    },
  ],
});
