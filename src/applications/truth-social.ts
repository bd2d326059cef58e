import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "truth-social",
  title: "Trump Media",
  source: "https://truthsocial.com",
  applications: [
    {
      name: "truth-social",
      title: "Truth Social",
      category: "social",
      hosts: ["truthsocial.com"],
    },
  ],
});
