import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "disney",
  title: "Disney",
  source: "https://www.disneyplus.com",
  applications: [
    {
      name: "disney-plus",
      title: "Disney+",
      category: "video",
      hosts: [
        "disneyplus.com",
        "disney-plus.net",
        "dssott.com",
        "bamgrid.com",
        "disneystreaming.com",
        "starplus.com",
        "dssedge.com",
      ],
    },
    {
      name: "hulu",
      title: "Hulu",
      category: "video",
      source: "https://www.hulu.com",
      hosts: ["hulu.com", "hulustream.com", "huluim.com"],
    },
    {
      name: "espn",
      title: "ESPN",
      category: "video",
      source: "https://www.espn.com",
      hosts: ["espn.com", "espncdn.com", "espn.net", "espnplus.com", "espn.go.com"],
    },
    {
      name: "abc",
      title: "ABC",
      category: "video",
      source: "https://abc.com",
      hosts: ["abc.com", "abcnews.com", "abcnews.go.com"],
    },
    {
      name: "disney",
      title: "Disney",
      category: "web",
      source: "https://www.disney.com",
      hosts: ["disney.com", "go.com", "disney.io", "disney.co.uk", "disneyinternational.com"],
    },
    {
      name: "hotstar",
      title: "JioHotstar",
      category: "video",
      source: "https://www.hotstar.com",
      hosts: ["hotstar.com", "hotstarext.com", "jiocinema.com", "jiohotstar.com"],
    },
    {
      name: "national-geographic",
      title: "National Geographic",
      category: "news",
      source: "https://www.nationalgeographic.com",
      hosts: ["nationalgeographic.com", "natgeofe.com"],
    },
  ],
});
