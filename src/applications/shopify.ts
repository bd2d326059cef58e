import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "shopify",
  title: "Shopify",
  source: "https://www.shopify.com",
  applications: [
    {
      name: "shopify",
      title: "Shopify",
      category: "shopping",
      shared: true,
      hosts: [
        "shopify.com",
        "shopifycdn.com",
        "myshopify.com",
        "shopifysvc.com",
        "shopifycdn.net",
        "shopifycloud.com",
        "shop.app",
      ],
    },
  ],
});
