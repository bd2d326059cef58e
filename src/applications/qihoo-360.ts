import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "qihoo-360",
  title: "360",
  source: "https://www.360.cn",
  applications: [
    {
      name: "qihoo-360",
      title: "360",
      category: "security",
      hosts: ["360.cn", "360.com", "so.com", "360safe.com", "qhimg.com", "qhres.com", "qhmsg.com"],
    },
  ],
});
