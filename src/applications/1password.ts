import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "1password",
  title: "1Password",
  source: "https://support.1password.com/ports-domains/",
  applications: [
    {
      name: "1password",
      title: "1Password",
      category: "security",
      hosts: [
        "1password.com",
        "1password.ca",
        "1password.eu",
        "1passwordusercontent.com",
        "1passwordservices.com",
        "agilebits.com",
      ],
    },
  ],
});
