import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bilibili",
  title: "bilibili",
  source: "https://www.bilibili.com",
  applications: [
    {
      name: "bilibili",
      title: "bilibili",
      category: "video",
      hosts: [
        "bilibili.com",
        "bilivideo.com",
        "bilivideo.cn",
        "hdslb.com",
        "biliapi.net",
        "biliapi.com",
        "bilibili.tv",
        "bilibili.cn",
        "acgvideo.com",
        "b23.tv",
        "biligame.com",
        "biliintl.com",
        "bilivideo.net",
      ],
    },
  ],
});
