import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kuaishou",
  title: "Kuaishou",
  source: "https://www.kuaishou.com",
  applications: [
    {
      name: "kuaishou",
      title: "Kuaishou",
      category: "video",
      hosts: [
        "kuaishou.com",
        "kwai.com",
        "kwaicdn.com",
        "yximgs.com",
        "gifshow.com",
        "kwai.net",
        "kwaizt.com",
        "kwimgs.com",
        "snackvideo.com",
      ],
    },
  ],
});
