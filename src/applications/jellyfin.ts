import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "jellyfin",
  title: "Jellyfin",
  source: "https://jellyfin.org",
  applications: [
    {
      name: "jellyfin",
      title: "Jellyfin",
      category: "video",
      hosts: ["jellyfin.org"],
    },
  ],
});
