import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "spotify",
  title: "Spotify",
  source: "https://support.spotify.com, https://www.spotify.com",
  applications: [
    {
      name: "spotify",
      title: "Spotify",
      category: "music",
      hosts: [
        "spotify.com",
        "scdn.co",
        "spotifycdn.com",
        "spotifycdn.net",
        "spotify.link",
        "spoti.fi",
        "spotify.net",
        "pscdn.co",
        "audio-ak-spotify-com.akamaized.net",
        "audio4-ak-spotify-com.akamaized.net",
        "heads-ak-spotify-com.akamaized.net",
        "byspotify.com",
        "spotifyjobs.com",
        "anchor.fm",
      ],
    },
  ],
});
