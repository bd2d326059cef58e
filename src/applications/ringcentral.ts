import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ringcentral",
  title: "RingCentral",
  source: "https://support.ringcentral.com (network requirements)",
  applications: [
    {
      name: "ringcentral",
      title: "RingCentral",
      category: "voip",
      hosts: ["ringcentral.com", "ringcentral.biz"],
      addresses: [
        "66.81.240.0/20",
        "80.81.128.0/20",
        "103.129.102.0/23",
        "103.44.68.0/22",
        "104.245.56.0/21",
        "185.23.248.0/22",
        "192.209.24.0/21",
        "199.68.212.0/22",
        "199.255.120.0/22",
        "208.87.40.0/22",
      ],
    },
    {
      name: "glip",
      title: "RingCentral messaging",
      category: "messaging",
      source: "https://www.ringcentral.com",
      hosts: ["glip.com"],
    },
  ],
});
