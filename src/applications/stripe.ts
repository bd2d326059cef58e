import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "stripe",
  title: "Stripe",
  source: "https://docs.stripe.com/ips",
  applications: [
    {
      name: "stripe",
      title: "Stripe",
      category: "finance",
      hosts: ["stripe.com", "stripe.network", "stripecdn.com", "link.com", "stripe.dev"],
    },
  ],
});
