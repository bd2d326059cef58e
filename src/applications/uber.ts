import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "uber",
  title: "Uber",
  source: "https://www.uber.com",
  applications: [
    {
      name: "uber",
      title: "Uber",
      category: "travel",
      hosts: [
        "uber.com",
        "ubereats.com",
        "uberinternal.com",
        "cloudfront-uber.com",
        "postmates.com",
      ],
    },
  ],
});
