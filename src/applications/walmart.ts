import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "walmart",
  title: "Walmart",
  source: "https://www.walmart.com",
  applications: [
    {
      name: "walmart",
      title: "Walmart",
      category: "shopping",
      hosts: ["walmart.com", "walmartimages.com", "walmart.ca"],
    },
    {
      name: "flipkart",
      title: "Flipkart",
      category: "shopping",
      source: "https://www.flipkart.com",
      hosts: ["flipkart.com", "flixcart.com"],
    },
  ],
});
