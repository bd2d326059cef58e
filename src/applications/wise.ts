import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wise",
  title: "Wise",
  source: "https://wise.com",
  applications: [
    {
      name: "wise",
      title: "Wise",
      category: "finance",
      hosts: ["wise.com", "transferwise.com"],
    },
  ],
});
