import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nexon",
  title: "Nexon",
  source: "https://www.nexon.com",
  applications: [
    {
      name: "nexon",
      title: "Nexon",
      category: "gaming",
      hosts: ["nexon.com", "nexon.net", "nexon.co.jp"],
    },
    {
      name: "maple-story",
      title: "MapleStory",
      category: "gaming",
      source: "https://maplestory.nexon.com",
      hosts: ["maplestory.nexon.com", "maplestory.nexon.net", "maplestory.com"],
    },
  ],
});
