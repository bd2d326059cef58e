import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zoho",
  title: "Zoho",
  source: "https://www.zoho.com",
  applications: [
    {
      name: "zoho",
      title: "Zoho",
      category: "productivity",
      hosts: [
        "zoho.com",
        "zoho.eu",
        "zoho.in",
        "zohocdn.com",
        "zohostatic.com",
        "zohopublic.com",
        "zohocorp.com",
      ],
    },
  ],
});
