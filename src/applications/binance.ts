import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "binance",
  title: "Binance",
  source: "https://www.binance.com",
  applications: [
    {
      name: "binance",
      title: "Binance",
      category: "cryptocurrency",
      hosts: [
        "binance.com",
        "binance.us",
        "binance.vision",
        "bnbstatic.com",
        "binance.cloud",
        "trustwallet.com",
      ],
    },
  ],
});
