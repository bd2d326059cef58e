import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tradingview",
  title: "TradingView",
  source: "https://www.tradingview.com",
  applications: [
    {
      name: "tradingview",
      title: "TradingView",
      category: "finance",
      hosts: ["tradingview.com", "tradingview-widget.com"],
    },
  ],
});
