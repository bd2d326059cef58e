import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gog",
  title: "GOG",
  source: "https://www.gog.com",
  applications: [
    {
      name: "gog",
      title: "GOG",
      category: "gaming",
      hosts: ["gog.com", "gog-statics.com", "gogalaxy.com"],
    },
  ],
});
