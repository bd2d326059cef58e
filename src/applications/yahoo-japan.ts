import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "yahoo-japan",
  title: "LY Corporation",
  source: "https://www.yahoo.co.jp",
  applications: [
    {
      name: "yahoo-japan",
      title: "Yahoo! JAPAN",
      category: "web",
      hosts: ["yahoo.co.jp", "yimg.jp", "yahooapis.jp", "paypay.ne.jp"],
    },
  ],
});
