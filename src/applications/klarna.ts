import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "klarna",
  title: "Klarna",
  source: "https://www.klarna.com",
  applications: [
    {
      name: "klarna",
      title: "Klarna",
      category: "finance",
      hosts: ["klarna.com", "klarnacdn.net", "klarnaservices.com", "klarna.net"],
    },
  ],
});
