import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "paramount",
  title: "Paramount",
  source: "https://www.paramount.com",
  applications: [
    {
      name: "paramount-plus",
      title: "Paramount+",
      category: "video",
      source: "https://www.paramountplus.com",
      hosts: [
        "paramountplus.com",
        "cbsaavideo.com",
        "cbsivideo.com",
        "pplusstatic.com",
        "cbsi.com",
        "cbsistatic.com",
        "cbsig.net",
      ],
    },
    {
      name: "cbs",
      title: "CBS",
      category: "video",
      source: "https://www.cbs.com",
      hosts: ["cbs.com", "cbsnews.com", "cbssports.com"],
    },
    {
      name: "pluto-tv",
      title: "Pluto TV",
      category: "video",
      source: "https://pluto.tv",
      hosts: ["pluto.tv", "plutotv.net"],
    },
    {
      name: "showtime",
      title: "Showtime",
      category: "video",
      source: "https://www.sho.com",
      hosts: ["showtime.com", "sho.com", "showtimeanytime.com"],
    },
    {
      name: "mtv",
      title: "MTV",
      category: "video",
      source: "https://www.mtv.com",
      hosts: ["mtv.com", "mtvnservices.com", "mtvnimages.com"],
    },
  ],
});
