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
