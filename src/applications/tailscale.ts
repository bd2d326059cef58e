import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tailscale",
  title: "Tailscale",
  source: "https://tailscale.com/kb/1082/firewall-ports",
  applications: [
    {
      name: "tailscale",
      title: "Tailscale",
      category: "vpn",
      hosts: ["tailscale.com", "tailscale.io", "ts.net"],
    },
  ],
});
