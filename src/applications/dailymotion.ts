import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dailymotion",
  title: "Dailymotion",
  source: "https://www.dailymotion.com",
  applications: [
    {
      name: "dailymotion",
      title: "Dailymotion",
      category: "video",
      hosts: ["dailymotion.com", "dmcdn.net", "dai.ly", "dm-event.net"],
    },
  ],
});
