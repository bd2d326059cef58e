import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "genius",
  title: "Genius",
  source: "https://genius.com",
  applications: [
    {
      name: "genius",
      title: "Genius",
      category: "music",
      hosts: ["genius.com"],
    },
  ],
});
