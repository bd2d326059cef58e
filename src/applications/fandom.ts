import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "fandom",
  title: "Fandom",
  source: "https://www.fandom.com",
  applications: [
    {
      name: "fandom",
      title: "Fandom",
      category: "web",
      hosts: [
        "fandom.com",
        "wikia.com",
        "nocookie.net",
        "gamepedia.com",
        "ign.com",
        "gamespot.com",
        "metacritic.com",
      ],
    },
  ],
});
