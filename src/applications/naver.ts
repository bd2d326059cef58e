import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "naver",
  title: "NAVER",
  source: "https://www.naver.com",
  applications: [
    {
      name: "naver",
      title: "NAVER",
      category: "search",
      hosts: [
        "naver.com",
        "naver.net",
        "pstatic.net",
        "navercorp.com",
        "naver.jp",
        "naver.me",
        "ncloud.com",
        "ntruss.com",
        "navercloudcorp.com",
      ],
    },
    {
      name: "naver-webtoon",
      title: "WEBTOON",
      category: "web",
      source: "https://www.webtoons.com",
      hosts: ["webtoons.com", "webtoon.com"],
    },
  ],
});
