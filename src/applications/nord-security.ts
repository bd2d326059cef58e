import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nord-security",
  title: "Nord Security",
  source: "https://nordvpn.com",
  applications: [
    {
      name: "nordvpn",
      title: "NordVPN",
      category: "vpn",
      hosts: ["nordvpn.com", "nordcdn.com", "nordvpn.net", "nordaccount.com"],
    },
    {
      name: "surfshark",
      title: "Surfshark",
      category: "vpn",
      source: "https://surfshark.com",
      hosts: ["surfshark.com", "surfsharkstatus.com"],
    },
    {
      name: "nordpass",
      title: "NordPass",
      category: "security",
      source: "https://nordpass.com",
      hosts: ["nordpass.com"],
    },
  ],
});
