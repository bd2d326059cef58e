import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "likee",
  title: "Likee",
  source: "https://likee.video",
  applications: [
    {
      name: "likee",
      title: "Likee",
      category: "video",
      hosts: ["likee.video", "like.video", "like-video.com"],
    },
    {
      name: "imo",
      title: "imo",
      category: "messaging",
      source: "https://imo.im",
      hosts: ["imo.im", "imoim.net"],
    },
    {
      name: "bigo-live",
      title: "Bigo Live",
      category: "video",
      source: "https://www.bigo.tv",
      hosts: ["bigo.tv", "bigo.sg", "bigolive.tv", "bigocdn.com"],
    },
  ],
});
