import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "paypal",
  title: "PayPal",
  source: "https://www.paypal.com, https://developer.paypal.com",
  applications: [
    {
      name: "paypal",
      title: "PayPal",
      category: "finance",
      hosts: [
        "paypal.com",
        "paypalobjects.com",
        "paypal.me",
        "paypal-community.com",
        "paypal.cn",
        "braintreegateway.com",
        "braintree-api.com",
        "braintreepayments.com",
        "xoom.com",
      ],
    },
    {
      name: "venmo",
      title: "Venmo",
      category: "finance",
      source: "https://venmo.com",
      hosts: ["venmo.com"],
    },
  ],
});
