import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "the-trade-desk",
  title: "The Trade Desk",
  source: "https://www.thetradedesk.com",
  applications: [
    {
      name: "the-trade-desk",
      title: "The Trade Desk",
      category: "advertising",
      hosts: ["thetradedesk.com", "adsrvr.org"],
    },
  ],
});
