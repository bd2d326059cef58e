import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "douban",
  title: "Douban",
  source: "https://www.douban.com",
  applications: [
    {
      name: "douban",
      title: "Douban",
      category: "social",
      hosts: ["douban.com", "doubanio.com"],
    },
  ],
});
