import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sohu",
  title: "Sohu",
  source: "https://www.sohu.com",
  applications: [
    {
      name: "sohu",
      title: "Sohu",
      category: "news",
      hosts: ["sohu.com", "sohucs.com", "itc.cn"],
    },
    {
      name: "sogou",
      title: "Sogou",
      category: "search",
      source: "https://www.sogou.com",
      hosts: ["sogou.com", "sogoucdn.com"],
    },
  ],
});
