import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "epic-games",
  title: "Epic Games",
  source: "https://www.epicgames.com",
  applications: [
    {
      name: "epic-games",
      title: "Epic Games",
      category: "gaming",
      hosts: [
        "epicgames.com",
        "epicgames.dev",
        "unrealengine.com",
        "epicgamescdn.com",
        "unrealtournament.com",
        "easy.ac",
        "easyanticheat.net",
        "artstation.com",
        "epicgames-download1.akamaized.net",
      ],
    },
    {
      name: "fortnite",
      title: "Fortnite",
      category: "gaming",
      source: "https://www.fortnite.com",
      hosts: ["fortnite.com"],
    },
    {
      name: "rocket-league",
      title: "Rocket League",
      category: "gaming",
      source: "https://www.rocketleague.com",
      hosts: ["rocketleague.com", "psyonix.com"],
    },
    {
      name: "fall-guys",
      title: "Fall Guys",
      category: "gaming",
      source: "https://www.fallguys.com",
      hosts: ["fallguys.com"],
    },
  ],
});
