import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "monero",
  title: "Monero",
  source: "https://www.getmonero.org",
  applications: [
    {
      name: "monero",
      title: "Monero",
      category: "cryptocurrency",
      hosts: [
        "getmonero.org",
        "xmrchain.net",
        "moneropulse.org",
        "moneropulse.net",
        "moneropulse.co",
        "moneropulse.se",
      ],
    },
  ],
});
