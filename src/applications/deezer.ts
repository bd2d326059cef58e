import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "deezer",
  title: "Deezer",
  source: "https://www.deezer.com",
  applications: [
    {
      name: "deezer",
      title: "Deezer",
      category: "music",
      hosts: ["deezer.com", "dzcdn.net", "deezer.page.link"],
    },
  ],
});
