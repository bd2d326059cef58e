import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "imgur",
  title: "Imgur",
  source: "https://imgur.com",
  applications: [
    {
      name: "imgur",
      title: "Imgur",
      category: "social",
      hosts: ["imgur.com", "imgur.io"],
    },
  ],
});
