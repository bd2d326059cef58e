import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "duckdns",
  title: "Duck DNS",
  source: "https://www.duckdns.org",
  applications: [
    {
      name: "duckdns",
      title: "Duck DNS",
      category: "dns",
      shared: true,
      hosts: ["duckdns.org"],
    },
  ],
});
