import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "revolut",
  title: "Revolut",
  source: "https://www.revolut.com",
  applications: [
    {
      name: "revolut",
      title: "Revolut",
      category: "finance",
      hosts: ["revolut.com", "revolut.me"],
    },
  ],
});
