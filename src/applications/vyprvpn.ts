import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vyprvpn",
  title: "VyprVPN",
  source: "https://www.vyprvpn.com",
  applications: [
    {
      name: "vyprvpn",
      title: "VyprVPN",
      category: "vpn",
      hosts: ["vyprvpn.com", "goldenfrog.com"],
    },
  ],
});
