import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kaspersky",
  title: "Kaspersky",
  source: "https://support.kaspersky.com",
  applications: [
    {
      name: "kaspersky",
      title: "Kaspersky",
      category: "security",
      hosts: ["kaspersky.com", "kaspersky.ru", "kaspersky-labs.com", "kaspersky.de"],
    },
  ],
});
