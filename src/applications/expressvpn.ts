import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "expressvpn",
  title: "ExpressVPN",
  source: "https://www.expressvpn.com",
  applications: [
    {
      name: "expressvpn",
      title: "ExpressVPN",
      category: "vpn",
      hosts: ["expressvpn.com", "expressapisv2.net"],
    },
  ],
});
