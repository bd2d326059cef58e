import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netease",
  title: "NetEase",
  source: "https://www.163.com",
  applications: [
    {
      name: "netease",
      title: "NetEase",
      category: "web",
      hosts: [
        "163.com",
        "126.net",
        "netease.com",
        "163yun.com",
        "ydstatic.com",
        "youdao.com",
        "127.net",
      ],
    },
    {
      name: "netease-games",
      title: "NetEase Games",
      category: "gaming",
      source: "https://www.neteasegames.com",
      hosts: ["neteasegames.com", "nie.netease.com", "game.163.com", "easebar.com"],
    },
    {
      name: "netease-music",
      title: "NetEase Cloud Music",
      category: "music",
      source: "https://music.163.com",
      hosts: ["music.163.com", "music.126.net"],
    },
    {
      name: "netease-mail",
      title: "NetEase Mail",
      category: "mail",
      source: "https://mail.163.com",
      hosts: ["mail.163.com", "126.com", "yeah.net"],
    },
  ],
});
