import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netbird",
  title: "NetBird",
  source: "https://docs.netbird.io",
  applications: [
    {
      name: "netbird",
      title: "NetBird",
      category: "vpn",
      hosts: ["netbird.io"],
    },
  ],
});
