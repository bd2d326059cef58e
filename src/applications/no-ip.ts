import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "no-ip",
  title: "No-IP",
  source: "https://www.noip.com",
  applications: [
    {
      name: "no-ip",
      title: "No-IP",
      category: "dns",
      shared: true,
      hosts: ["noip.com", "no-ip.com", "ddns.net", "no-ip.org", "hopto.org", "zapto.org"],
    },
  ],
});
