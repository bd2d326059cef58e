import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ankama",
  title: "Ankama",
  source: "https://www.ankama.com",
  applications: [
    {
      name: "dofus",
      title: "Dofus",
      category: "gaming",
      hosts: ["dofus.com", "ankama.com", "ankama-games.com", "wakfu.com"],
    },
  ],
});
