import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "soundcloud",
  title: "SoundCloud",
  source: "https://soundcloud.com",
  applications: [
    {
      name: "soundcloud",
      title: "SoundCloud",
      category: "music",
      hosts: ["soundcloud.com", "sndcdn.com", "soundcloud.app.goo.gl"],
    },
  ],
});
