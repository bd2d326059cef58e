import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "line",
  title: "LINE",
  source: "https://line.me",
  applications: [
    {
      name: "line",
      title: "LINE",
      category: "messaging",
      hosts: [
        "line.me",
        "line-apps.com",
        "line-scdn.net",
        "line.naver.jp",
        "line-cdn.net",
        "linecorp.com",
        "line-beta.me",
        "lin.ee",
        "line.biz",
        "linemobile.com",
      ],
    },
  ],
});
