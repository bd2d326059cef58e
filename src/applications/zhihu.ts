import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zhihu",
  title: "Zhihu",
  source: "https://www.zhihu.com",
  applications: [
    {
      name: "zhihu",
      title: "Zhihu",
      category: "social",
      hosts: ["zhihu.com", "zhimg.com"],
    },
  ],
});
