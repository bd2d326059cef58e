import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "windscribe",
  title: "Windscribe",
  source: "https://windscribe.com",
  applications: [
    {
      name: "windscribe",
      title: "Windscribe",
      category: "vpn",
      hosts: ["windscribe.com", "windscribe.net", "whiskergalaxy.com"],
    },
  ],
});
