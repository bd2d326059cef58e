import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zerotier",
  title: "ZeroTier",
  source: "https://docs.zerotier.com",
  applications: [
    {
      name: "zerotier",
      title: "ZeroTier",
      category: "vpn",
      hosts: ["zerotier.com"],
    },
  ],
});
