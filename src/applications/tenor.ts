import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tenor",
  title: "Tenor",
  source: "https://tenor.com",
  applications: [
    {
      name: "tenor",
      title: "Tenor",
      category: "social",
      hosts: ["tenor.com", "tenor.co"],
    },
  ],
});
