import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dns-sb",
  title: "DNS.SB",
  source: "https://dns.sb",
  applications: [
    {
      name: "dns-sb",
      title: "DNS.SB",
      category: "dns",
      hosts: ["dns.sb"],
    },
  ],
});
