import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "iheartradio",
  title: "iHeartRadio",
  source: "https://www.iheart.com",
  applications: [
    {
      name: "iheartradio",
      title: "iHeartRadio",
      category: "music",
      hosts: ["iheart.com", "iheartradio.com", "iheartmedia.com", "ihrhls.com"],
    },
  ],
});
