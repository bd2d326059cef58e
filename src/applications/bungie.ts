import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bungie",
  title: "Bungie",
  source: "https://www.bungie.net",
  applications: [
    {
      name: "destiny",
      title: "Destiny",
      category: "gaming",
      hosts: ["bungie.net"],
    },
  ],
});
