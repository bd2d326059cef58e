import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "western-digital",
  title: "Western Digital",
  source: "https://www.westerndigital.com",
  applications: [
    {
      name: "western-digital",
      title: "Western Digital",
      category: "storage",
      hosts: ["westerndigital.com", "mycloud.com", "wdc.com", "wd2go.com"],
    },
  ],
});
