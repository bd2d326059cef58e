import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "unpkg",
  title: "UNPKG",
  source: "https://unpkg.com",
  applications: [
    {
      name: "unpkg",
      title: "UNPKG",
      category: "cdn",
      shared: true,
      hosts: ["unpkg.com"],
    },
  ],
});
