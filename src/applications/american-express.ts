import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "american-express",
  title: "American Express",
  source: "https://www.americanexpress.com",
  applications: [
    {
      name: "american-express",
      title: "American Express",
      category: "finance",
      hosts: ["americanexpress.com", "aexp-static.com", "amex.com"],
    },
  ],
});
