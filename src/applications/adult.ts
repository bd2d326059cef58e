import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "adult",
  title: "Aylo and others",
  source: "https://www.aylo.com",
  applications: [
    {
      name: "adult-content",
      title: "Adult content",
      category: "video",
      source:
        "https://www.pornhub.com, https://www.xvideos.com, https://xhamster.com, https://www.xnxx.com, https://onlyfans.com, https://chaturbate.com, https://stripchat.com",
      hosts: [
        "pornhub.com",
        "phncdn.com",
        "youporn.com",
        "redtube.com",
        "tube8.com",
        "xvideos.com",
        "xvideos-cdn.com",
        "xnxx.com",
        "xnxx-cdn.com",
        "xhamster.com",
        "xhcdn.com",
        "onlyfans.com",
        "chaturbate.com",
        "stripchat.com",
        "brazzers.com",
        "aylo.com",
        "spankbang.com",
      ],
    },
  ],
});
