import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "jd",
  title: "JD.com",
  source: "https://www.jd.com",
  applications: [
    {
      name: "jd",
      title: "JD.com",
      category: "shopping",
      hosts: [
        "jd.com",
        "360buyimg.com",
        "jd.hk",
        "jcloudcs.com",
        "jdcloud.com",
        "3.cn",
        "jdpay.com",
      ],
    },
  ],
});
