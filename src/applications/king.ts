import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "king",
  title: "King",
  source: "https://www.king.com",
  applications: [
    {
      name: "candy-crush",
      title: "Candy Crush",
      category: "gaming",
      hosts: ["king.com", "candycrushsaga.com", "midasplayer.com"],
    },
  ],
});
