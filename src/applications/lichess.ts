import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lichess",
  title: "Lichess",
  source: "https://lichess.org",
  applications: [
    {
      name: "lichess",
      title: "Lichess",
      category: "gaming",
      hosts: ["lichess.org", "lichess1.org"],
    },
  ],
});
