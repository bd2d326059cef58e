import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "roblox",
  title: "Roblox",
  source: "https://www.roblox.com",
  applications: [
    {
      name: "roblox",
      title: "Roblox",
      category: "gaming",
      source: "https://www.roblox.com; addresses: AS22697 in the RADB and the regional registries",
      hosts: [
        "roblox.com",
        "rbxcdn.com",
        "rbx.com",
        "robloxlabs.com",
        "rbxtrk.com",
        "roblox.cn",
        "rbxinfra.com",
      ],
      addresses: [
        "128.116.0.0/17",
        "209.206.40.0/21",
        "103.140.28.0/23",
        "141.193.3.0/24",
        "2620:2b:e000::/48",
      ],
    },
  ],
});
