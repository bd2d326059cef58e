import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "etsy",
  title: "Etsy",
  source: "https://www.etsy.com",
  applications: [
    {
      name: "etsy",
      title: "Etsy",
      category: "shopping",
      hosts: ["etsy.com", "etsystatic.com", "etsysecure.com", "depop.com"],
    },
  ],
});
