import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "meituan",
  title: "Meituan",
  source: "https://www.meituan.com",
  applications: [
    {
      name: "meituan",
      title: "Meituan",
      category: "shopping",
      hosts: ["meituan.com", "meituan.net", "dianping.com", "sankuai.com"],
    },
  ],
});
