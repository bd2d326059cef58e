import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "imgix",
  title: "imgix",
  source: "https://docs.imgix.com",
  applications: [
    {
      name: "imgix",
      title: "imgix",
      category: "cdn",
      shared: true,
      hosts: ["imgix.net", "imgix.com"],
    },
  ],
});
