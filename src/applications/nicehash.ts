import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nicehash",
  title: "NiceHash",
  source: "https://www.nicehash.com",
  applications: [
    {
      name: "mining",
      title: "Mining pools",
      category: "cryptocurrency",
      source:
        "https://www.nicehash.com, https://minexmr.com, https://supportxmr.com, https://www.nanopool.org, https://2miners.com, https://www.f2pool.com",
      hosts: [
        "nicehash.com",
        "supportxmr.com",
        "minexmr.com",
        "nanopool.org",
        "2miners.com",
        "f2pool.com",
        "ethermine.org",
        "hiveon.com",
        "slushpool.com",
        "braiins.com",
        "antpool.com",
        "viabtc.com",
        "moneroocean.stream",
        "poolin.com",
      ],
    },
  ],
});
