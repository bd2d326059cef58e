import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "proton",
  title: "Proton",
  source: "https://proton.me",
  applications: [
    {
      name: "protonmail",
      title: "Proton Mail",
      category: "mail",
      hosts: ["proton.me", "protonmail.com", "protonmail.ch", "pm.me", "protonstatus.com"],
    },
    {
      name: "protonvpn",
      title: "Proton VPN",
      category: "vpn",
      source: "https://protonvpn.com",
      hosts: ["protonvpn.com", "protonvpn.ch", "vpn-api.proton.me", "protonvpn.net"],
    },
    {
      name: "proton-drive",
      title: "Proton Drive",
      category: "storage",
      source: "https://drive.proton.me",
      hosts: ["drive.proton.me", "drive-api.proton.me"],
    },
  ],
});
