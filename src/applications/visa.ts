import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "visa",
  title: "Visa",
  source: "https://www.visa.com",
  applications: [
    {
      name: "visa",
      title: "Visa",
      category: "finance",
      hosts: [
        "visa.com",
        "visaonline.com",
        "cybersource.com",
        "cardinalcommerce.com",
        "authorize.net",
        "verifiedbyvisa.com",
      ],
    },
  ],
});
