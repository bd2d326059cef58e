import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dialpad",
  title: "Dialpad",
  source: "https://www.dialpad.com",
  applications: [
    {
      name: "dialpad",
      title: "Dialpad",
      category: "voip",
      hosts: ["dialpad.com", "ubervoip.net"],
    },
  ],
});
