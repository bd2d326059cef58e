import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sony",
  title: "Sony",
  source: "https://www.playstation.com",
  applications: [
    {
      name: "playstation",
      title: "PlayStation",
      category: "gaming",
      source: "https://www.playstation.com/en-us/support/connectivity/ (network settings)",
      hosts: [
        "playstation.com",
        "playstation.net",
        "sonyentertainmentnetwork.com",
        "playstationnetwork.com",
        "psnow.com",
        "gaikai.com",
        "scea.com",
        "playstation-cloud.com",
      ],
    },
    {
      name: "sony",
      title: "Sony",
      category: "web",
      source: "https://www.sony.com",
      hosts: ["sony.com", "sony.net", "sony.co.jp", "sonymobile.com", "sony-europe.com"],
    },
    {
      name: "crunchyroll",
      title: "Crunchyroll",
      category: "video",
      source: "https://www.crunchyroll.com",
      hosts: [
        "crunchyroll.com",
        "crunchyrollcdn.com",
        "vrv.co",
        "crunchyrollsvc.com",
        "funimation.com",
      ],
    },
  ],
});
