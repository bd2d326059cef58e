import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tidal",
  title: "TIDAL",
  source: "https://tidal.com",
  applications: [
    {
      name: "tidal",
      title: "TIDAL",
      category: "music",
      hosts: ["tidal.com", "tidalhifi.com", "wimpmusic.com"],
    },
  ],
});
