import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "comcast",
  title: "Comcast NBCUniversal",
  source: "https://corporate.comcast.com",
  applications: [
    {
      name: "peacock",
      title: "Peacock",
      category: "video",
      source: "https://www.peacocktv.com",
      hosts: ["peacocktv.com"],
    },
    {
      name: "nbc",
      title: "NBC",
      category: "video",
      source: "https://www.nbc.com",
      hosts: ["nbc.com", "nbcuni.com", "nbcnews.com", "nbcsports.com", "msnbc.com"],
    },
    {
      name: "xfinity",
      title: "Xfinity",
      category: "video",
      source: "https://www.xfinity.com",
      hosts: ["xfinity.com", "comcast.com", "xcr.comcast.net"],
    },
    {
      name: "sky",
      title: "Sky",
      category: "video",
      source: "https://www.sky.com",
      hosts: [
        "sky.com",
        "skycdp.com",
        "nowtv.com",
        "nowtv.it",
        "sky.it",
        "sky.de",
        "bskyb.com",
        "skysports.com",
        "skynews.com",
      ],
    },
    {
      name: "vudu",
      title: "Fandango at Home",
      category: "video",
      source: "https://athome.fandango.com",
      hosts: ["vudu.com", "fandango.com"],
    },
  ],
});
