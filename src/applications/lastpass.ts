import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lastpass",
  title: "LastPass",
  source: "https://www.lastpass.com",
  applications: [
    {
      name: "lastpass",
      title: "LastPass",
      category: "security",
      hosts: ["lastpass.com", "lastpass.eu"],
    },
  ],
});
