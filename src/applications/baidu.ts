import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "baidu",
  title: "Baidu",
  source: "https://www.baidu.com",
  applications: [
    {
      name: "baidu",
      title: "Baidu",
      category: "search",
      hosts: [
        "baidu.com",
        "bdstatic.com",
        "bdimg.com",
        "baidustatic.com",
        "baiducontent.com",
        "hao123.com",
        "bdurl.net",
        "baidu.jp",
      ],
    },
    {
      name: "baidu-cloud",
      title: "Baidu AI Cloud",
      category: "cloud",
      source: "https://cloud.baidu.com",
      shared: true,
      hosts: [
        "baidubce.com",
        "bcebos.com",
        "bdydns.com",
        "jomodns.com",
        "bcehost.com",
        "cloud.baidu.com",
        "jomocdn.net",
      ],
    },
    {
      name: "baidu-netdisk",
      title: "Baidu Netdisk",
      category: "storage",
      source: "https://pan.baidu.com",
      hosts: ["pan.baidu.com", "baidupcs.com"],
    },
    {
      name: "baidu-tieba",
      title: "Tieba",
      category: "social",
      source: "https://tieba.baidu.com",
      hosts: ["tieba.baidu.com", "tieba.com"],
    },
  ],
});
