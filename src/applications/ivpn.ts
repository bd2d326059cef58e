import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ivpn",
  title: "IVPN",
  source: "https://www.ivpn.net",
  applications: [
    {
      name: "ivpn",
      title: "IVPN",
      category: "vpn",
      hosts: ["ivpn.net"],
    },
  ],
});
