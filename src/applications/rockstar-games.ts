import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rockstar-games",
  title: "Rockstar Games",
  source: "https://www.rockstargames.com",
  applications: [
    {
      name: "rockstar-games",
      title: "Rockstar Games",
      category: "gaming",
      hosts: ["rockstargames.com", "rsg.sc"],
    },
  ],
});
