import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "samsung",
  title: "Samsung",
  source: "https://www.samsung.com",
  applications: [
    {
      name: "samsung",
      title: "Samsung",
      category: "iot",
      hosts: [
        "samsung.com",
        "samsungelectronics.com",
        "samsungcloudsolution.com",
        "samsungcloudsolution.net",
        "samsungotn.net",
        "samsungqbe.com",
        "samsungdm.com",
        "samsungdive.com",
        "samsungosp.com",
        "samsungapps.com",
        "samsungcloud.com",
        "samsungcloud.tv",
        "internetat.tv",
        "samsungacr.com",
        "samsungads.com",
        "samsungrm.net",
        "secb2b.com",
        "ospserver.net",
        "samsungcloudcdn.com",
        "samsungknox.com",
      ],
    },
    {
      name: "smartthings",
      title: "SmartThings",
      category: "iot",
      source: "https://www.smartthings.com",
      hosts: ["smartthings.com"],
    },
  ],
});
