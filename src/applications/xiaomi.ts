import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "xiaomi",
  title: "Xiaomi",
  source: "https://www.mi.com",
  applications: [
    {
      name: "xiaomi",
      title: "Xiaomi",
      category: "iot",
      hosts: [
        "mi.com",
        "xiaomi.com",
        "miui.com",
        "mi-img.com",
        "xiaomi.net",
        "mi-fds.com",
        "xiaomi.cn",
        "mi-idc.com",
        "miwifi.com",
      ],
    },
  ],
});
