import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "take-two",
  title: "2K",
  source: "https://2k.com",
  applications: [
    {
      name: "2k",
      title: "2K",
      category: "gaming",
      hosts: ["2k.com", "2kgames.com", "t2.social", "take2games.com"],
    },
  ],
});
