import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "1kxun",
  title: "1kxun",
  source: "https://www.1kxun.com",
  applications: [
    {
      name: "1kxun",
      title: "1kxun",
      category: "video",
      hosts: ["1kxun.com", "1kxun.mobi"],
    },
  ],
});
