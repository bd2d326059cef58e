import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "plex",
  title: "Plex",
  source: "https://support.plex.tv",
  applications: [
    {
      name: "plex",
      title: "Plex",
      category: "video",
      hosts: ["plex.tv", "plex.direct", "plexapp.com"],
    },
  ],
});
