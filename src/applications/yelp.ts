import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "yelp",
  title: "Yelp",
  source: "https://www.yelp.com",
  applications: [
    {
      name: "yelp",
      title: "Yelp",
      category: "web",
      hosts: ["yelp.com", "yelpcdn.com"],
    },
  ],
});
