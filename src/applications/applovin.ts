import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "applovin",
  title: "AppLovin",
  source: "https://www.applovin.com",
  applications: [
    {
      name: "applovin",
      title: "AppLovin",
      category: "advertising",
      hosts: ["applovin.com", "applvn.com", "adjust.com", "adjust.io", "adjust.world"],
    },
  ],
});
