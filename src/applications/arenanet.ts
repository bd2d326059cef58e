import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "arenanet",
  title: "ArenaNet",
  source: "https://www.arena.net",
  applications: [
    {
      name: "guildwars",
      title: "Guild Wars",
      category: "gaming",
      hosts: [
        "guildwars.com",
        "guildwars2.com",
        "arena.net",
        "arenanetworks.com",
        "ncplatform.net",
      ],
    },
  ],
});
