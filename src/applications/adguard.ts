import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "adguard",
  title: "AdGuard",
  source: "https://adguard-dns.io/kb/general/dns-providers/",
  applications: [
    {
      name: "adguard-dns",
      title: "AdGuard DNS",
      category: "dns",
      source:
        "https://adguard-dns.io/kb/general/dns-providers/; addresses: AS212772 in the RADB and the regional registries",
      hosts: ["adguard-dns.com", "adguard-dns.io", "dns.adguard.com"],
      addresses: ["94.140.14.0/24", "94.140.15.0/24", "2a10:50c0::/32"],
    },
    {
      name: "adguard",
      title: "AdGuard",
      category: "security",
      source: "https://adguard.com",
      hosts: ["adguard.com", "adguard.org", "agrd.io", "adtidy.org"],
    },
  ],
});
