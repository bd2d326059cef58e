import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "purevpn",
  title: "PureVPN",
  source: "https://www.purevpn.com",
  applications: [
    {
      name: "purevpn",
      title: "PureVPN",
      category: "vpn",
      hosts: ["purevpn.com", "ptoserver.com", "pointtoserver.com"],
    },
  ],
});
