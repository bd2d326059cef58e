import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nytimes",
  title: "The New York Times",
  source: "https://www.nytimes.com",
  applications: [
    {
      name: "nytimes",
      title: "The New York Times",
      category: "news",
      hosts: ["nytimes.com", "nyt.com", "nyti.ms", "nytimg.com", "theathletic.com"],
    },
  ],
});
