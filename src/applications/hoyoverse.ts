import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hoyoverse",
  title: "HoYoverse",
  source: "https://www.hoyoverse.com",
  applications: [
    {
      name: "hoyoverse",
      title: "HoYoverse",
      category: "gaming",
      hosts: ["hoyoverse.com", "mihoyo.com", "hoyolab.com", "hoyo.link"],
    },
    {
      name: "genshin-impact",
      title: "Genshin Impact",
      category: "gaming",
      source: "https://genshin.hoyoverse.com",
      hosts: ["yuanshen.com", "genshin.hoyoverse.com"],
    },
  ],
});
