import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "twitch",
  title: "Twitch",
  source: "https://www.twitch.tv",
  applications: [
    {
      name: "twitch",
      title: "Twitch",
      category: "video",
      hosts: [
        "twitch.tv",
        "ttvnw.net",
        "jtvnw.net",
        "twitchcdn.net",
        "twitchsvc.net",
        "ext-twitch.tv",
        "twitchapp.net",
        "live-video.net",
      ],
    },
  ],
});
