import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "asus",
  title: "ASUS",
  source: "https://www.asus.com",
  applications: [
    {
      name: "asus",
      title: "ASUS",
      category: "iot",
      hosts: ["asus.com", "asuscomm.com", "asus.com.cn", "asuscloud.com"],
    },
  ],
});
