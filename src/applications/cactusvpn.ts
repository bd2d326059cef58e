import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cactusvpn",
  title: "CactusVPN",
  source: "https://www.cactusvpn.com",
  applications: [
    {
      name: "cactusvpn",
      title: "CactusVPN",
      category: "vpn",
      hosts: ["cactusvpn.com"],
    },
  ],
});
