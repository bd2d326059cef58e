import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mullvad",
  title: "Mullvad",
  source: "https://mullvad.net",
  applications: [
    {
      name: "mullvad",
      title: "Mullvad",
      category: "vpn",
      hosts: ["mullvad.net", "mullvad.app", "mullvad.org"],
    },
    {
      name: "mullvad-dns",
      title: "Mullvad DNS",
      category: "dns",
      source: "https://mullvad.net/en/help/dns-over-https-and-dns-over-tls",
      hosts: ["dns.mullvad.net", "doh.mullvad.net"],
    },
  ],
});
