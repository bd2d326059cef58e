import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cyberghost",
  title: "CyberGhost",
  source: "https://www.cyberghostvpn.com",
  applications: [
    {
      name: "cyberghost",
      title: "CyberGhost",
      category: "vpn",
      hosts: ["cyberghostvpn.com", "cg-dialup.net", "cyberghost.ro"],
    },
  ],
});
