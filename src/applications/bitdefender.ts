import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bitdefender",
  title: "Bitdefender",
  source: "https://www.bitdefender.com",
  applications: [
    {
      name: "bitdefender",
      title: "Bitdefender",
      category: "security",
      hosts: ["bitdefender.com", "bitdefender.net"],
    },
  ],
});
