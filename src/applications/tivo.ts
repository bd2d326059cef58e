import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tivo",
  title: "TiVo",
  source: "https://www.tivo.com",
  applications: [
    {
      name: "tivo",
      title: "TiVo",
      category: "video",
      hosts: ["tivo.com", "tivoservice.com"],
    },
  ],
});
