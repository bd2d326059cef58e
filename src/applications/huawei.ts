import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "huawei",
  title: "Huawei",
  source: "https://www.huawei.com",
  applications: [
    {
      name: "huawei",
      title: "Huawei",
      category: "web",
      source: "https://consumer.huawei.com",
      hosts: ["huawei.com", "hicloud.com", "vmall.com", "huaweistatic.com"],
    },
    {
      name: "huawei-cloud",
      title: "Huawei Cloud",
      category: "cloud",
      source:
        "https://www.huaweicloud.com, https://consumer.huawei.com/en/mobileservices/mobilecloud/",
      hosts: [
        "huaweicloud.com",
        "myhuaweicloud.com",
        "cloud.huawei.com",
        "dbankcloud.com",
        "dbankcloud.cn",
        "dbankcdn.com",
        "dbank.com",
        "dbankcloud.asia",
        "dbankcloud.eu",
        "dbankcloud.ru",
        "hwclouds.com",
        "huaweicloud-dns.com",
        "cdnhwc1.com",
        "cdnhwc2.com",
        "cdnhwc3.com",
      ],
    },
    {
      name: "huawei-appgallery",
      title: "AppGallery",
      category: "app-store",
      source: "https://appgallery.huawei.com",
      hosts: ["appgallery.huawei.com", "appgallery.cloud.huawei.com"],
    },
  ],
});
