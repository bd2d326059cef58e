import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sina",
  title: "Sina",
  source: "https://www.sina.com.cn",
  applications: [
    {
      name: "sina",
      title: "Sina",
      category: "news",
      hosts: [
        "sina.com.cn",
        "sina.cn",
        "sina.com",
        "sinaimg.cn",
        "sinajs.cn",
        "sinaedge.com",
        "sinastorage.com",
      ],
    },
    {
      name: "sina-weibo",
      title: "Weibo",
      category: "social",
      source: "https://weibo.com",
      hosts: ["weibo.com", "weibo.cn", "weibocdn.com", "t.cn", "wbimg.cn", "weibopay.com"],
    },
  ],
});
