import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "openvpn",
  title: "OpenVPN",
  source: "https://openvpn.net",
  applications: [
    {
      name: "openvpn",
      title: "OpenVPN",
      category: "vpn",
      hosts: ["openvpn.net", "openvpn.com"],
    },
  ],
});
