import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "keybase",
  title: "Keybase",
  source: "https://keybase.io",
  applications: [
    {
      name: "keybase",
      title: "Keybase",
      category: "messaging",
      hosts: ["keybase.io", "keybaseapi.com"],
    },
  ],
});
