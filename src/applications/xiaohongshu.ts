import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "xiaohongshu",
  title: "Xiaohongshu",
  source: "https://www.xiaohongshu.com",
  applications: [
    {
      name: "xiaohongshu",
      title: "Xiaohongshu",
      category: "social",
      hosts: ["xiaohongshu.com", "xhscdn.com", "xhslink.com"],
    },
  ],
});
