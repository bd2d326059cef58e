import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bitwarden",
  title: "Bitwarden",
  source: "https://bitwarden.com",
  applications: [
    {
      name: "bitwarden",
      title: "Bitwarden",
      category: "security",
      hosts: ["bitwarden.com", "bitwarden.net", "bitwarden.eu"],
    },
  ],
});
