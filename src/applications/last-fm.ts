import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "last-fm",
  title: "Last.fm",
  source: "https://www.last.fm",
  applications: [
    {
      name: "lastfm",
      title: "Last.fm",
      category: "music",
      hosts: [
        "last.fm",
        "lastfm.com",
        "lastfm.freetls.fastly.net",
        "audioscrobbler.com",
        "lst.fm",
        "lastfm.de",
      ],
    },
  ],
});
