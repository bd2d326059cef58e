import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ipvanish",
  title: "IPVanish",
  source: "https://www.ipvanish.com",
  applications: [
    {
      name: "ipvanish",
      title: "IPVanish",
      category: "vpn",
      hosts: ["ipvanish.com"],
    },
  ],
});
