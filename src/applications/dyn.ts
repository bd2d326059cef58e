import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dyn",
  title: "Dyn",
  source: "https://account.dyn.com",
  applications: [
    {
      name: "dyndns",
      title: "Dyn",
      category: "dns",
      shared: true,
      hosts: ["dyndns.org", "dyn.com", "dyndns.com"],
    },
  ],
});
