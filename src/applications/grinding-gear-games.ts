import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "grinding-gear-games",
  title: "Grinding Gear Games",
  source: "https://www.pathofexile.com",
  applications: [
    {
      name: "path-of-exile",
      title: "Path of Exile",
      category: "gaming",
      hosts: ["pathofexile.com", "poecdn.com"],
    },
  ],
});
