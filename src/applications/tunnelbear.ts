import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tunnelbear",
  title: "TunnelBear",
  source: "https://www.tunnelbear.com",
  applications: [
    {
      name: "tunnelbear",
      title: "TunnelBear",
      category: "vpn",
      hosts: ["tunnelbear.com", "polargrizzly.com", "lazerpenguin.com"],
    },
  ],
});
