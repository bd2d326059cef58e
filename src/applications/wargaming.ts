import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wargaming",
  title: "Wargaming",
  source: "https://wargaming.net",
  applications: [
    {
      name: "wargaming",
      title: "Wargaming",
      category: "gaming",
      hosts: [
        "wargaming.net",
        "worldoftanks.com",
        "worldoftanks.eu",
        "worldofwarships.com",
        "worldofwarships.eu",
        "wgcdn.co",
        "wgcdn.net",
        "wotblitz.com",
        "worldoftanks.asia",
      ],
    },
  ],
});
