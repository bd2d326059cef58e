import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "softether",
  title: "SoftEther",
  source: "https://www.softether.org",
  applications: [
    {
      name: "softether",
      title: "SoftEther VPN",
      category: "vpn",
      hosts: [
        "softether.org",
        "softether.com",
        "softether.net",
        "softether-network.net",
        "softether-download.com",
        "vpngate.net",
        "vpnazure.net",
      ],
    },
  ],
});
