import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "coinbase",
  title: "Coinbase",
  source: "https://www.coinbase.com",
  applications: [
    {
      name: "coinbase",
      title: "Coinbase",
      category: "cryptocurrency",
      hosts: ["coinbase.com", "base.org"],
    },
  ],
});
