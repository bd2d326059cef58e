import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "opera",
  title: "Opera",
  source: "https://www.opera.com",
  applications: [
    {
      name: "opera",
      title: "Opera",
      category: "web",
      hosts: ["opera.com", "operacdn.com", "opera-api.com", "operamini.com", "opera.software"],
    },
    {
      name: "operavpn",
      title: "Opera VPN",
      category: "vpn",
      source: "https://www.opera.com/features/free-vpn",
      hosts: ["sec-tunnel.com", "opera-vpn.com"],
    },
  ],
});
