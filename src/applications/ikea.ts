import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ikea",
  title: "IKEA",
  source: "https://www.ikea.com",
  applications: [
    {
      name: "ikea",
      title: "IKEA",
      category: "shopping",
      hosts: ["ikea.com", "ikea.net"],
    },
  ],
});
