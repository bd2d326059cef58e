import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mastercard",
  title: "Mastercard",
  source: "https://www.mastercard.com",
  applications: [
    {
      name: "mastercard",
      title: "Mastercard",
      category: "finance",
      hosts: ["mastercard.com", "mastercard.us", "masterpass.com"],
    },
  ],
});
