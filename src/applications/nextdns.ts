import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nextdns",
  title: "NextDNS",
  source: "https://nextdns.io",
  applications: [
    {
      name: "nextdns",
      title: "NextDNS",
      category: "dns",
      source: "https://nextdns.io; addresses: AS34939 in the RADB and the regional registries",
      hosts: ["nextdns.io"],
      addresses: ["45.90.28.0/22", "2a07:a8c0::/29"],
    },
  ],
});
