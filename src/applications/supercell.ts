import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "supercell",
  title: "Supercell",
  source: "https://supercell.com",
  applications: [
    {
      name: "supercell",
      title: "Supercell",
      category: "gaming",
      hosts: [
        "supercell.com",
        "supercell.net",
        "clashofclans.com",
        "clashroyaleapp.com",
        "brawlstarsgame.com",
        "clashroyale.com",
      ],
    },
  ],
});
