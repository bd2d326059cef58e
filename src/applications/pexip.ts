import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pexip",
  title: "Pexip",
  source: "https://www.pexip.com",
  applications: [
    {
      name: "pexip",
      title: "Pexip",
      category: "meeting",
      hosts: ["pexip.com", "pexip.me"],
    },
  ],
});
