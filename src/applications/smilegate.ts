import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "smilegate",
  title: "Smilegate",
  source: "https://www.smilegate.com",
  applications: [
    {
      name: "crossfire",
      title: "CrossFire",
      category: "gaming",
      source: "https://www.z8games.com",
      hosts: ["z8games.com"],
    },
  ],
});
