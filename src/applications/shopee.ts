import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "shopee",
  title: "Shopee",
  source: "https://shopee.com",
  applications: [
    {
      name: "shopee",
      title: "Shopee",
      category: "shopping",
      hosts: [
        "shopee.com",
        "shopee.sg",
        "shopee.co.id",
        "shopee.com.my",
        "shopee.co.th",
        "shopee.ph",
        "shopee.vn",
        "shopee.tw",
        "shopee.com.br",
        "shopeemobile.com",
        "shopee.io",
        "susercontent.com",
      ],
    },
  ],
});
