import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "craigslist",
  title: "craigslist",
  source: "https://www.craigslist.org",
  applications: [
    {
      name: "craigslist",
      title: "craigslist",
      category: "shopping",
      hosts: ["craigslist.org"],
    },
  ],
});
