import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bitcoin-org",
  title: "Bitcoin",
  source: "https://bitcoin.org",
  applications: [
    {
      name: "bitcoin",
      title: "Bitcoin",
      category: "cryptocurrency",
      hosts: ["bitcoin.org", "bitcoincore.org", "bitcoin.com", "mempool.space"],
    },
  ],
});
