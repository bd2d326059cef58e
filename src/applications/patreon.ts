import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "patreon",
  title: "Patreon",
  source: "https://www.patreon.com",
  applications: [
    {
      name: "patreon",
      title: "Patreon",
      category: "social",
      hosts: ["patreon.com", "patreonusercontent.com"],
    },
  ],
});
