import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "krafton",
  title: "Krafton",
  source: "https://www.pubg.com",
  applications: [
    {
      name: "pubg",
      title: "PUBG",
      category: "gaming",
      hosts: ["pubg.com", "krafton.com", "playbattlegrounds.com"],
    },
  ],
});
