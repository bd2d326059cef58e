import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "intuit",
  title: "Intuit",
  source: "https://www.intuit.com",
  applications: [
    {
      name: "intuit",
      title: "Intuit",
      category: "finance",
      hosts: [
        "intuit.com",
        "intuitcdn.net",
        "quickbooks.com",
        "turbotax.com",
        "creditkarma.com",
        "mint.com",
      ],
    },
  ],
});
