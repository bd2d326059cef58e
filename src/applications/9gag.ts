import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "9gag",
  title: "9GAG",
  source: "https://9gag.com",
  applications: [
    {
      name: "9gag",
      title: "9GAG",
      category: "social",
      hosts: ["9gag.com", "9cache.com"],
    },
  ],
});
