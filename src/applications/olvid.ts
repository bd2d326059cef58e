import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "olvid",
  title: "Olvid",
  source: "https://olvid.io",
  applications: [
    {
      name: "olvid",
      title: "Olvid",
      category: "messaging",
      hosts: ["olvid.io"],
    },
  ],
});
