import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dahua",
  title: "Dahua",
  source: "https://www.dahuasecurity.com",
  applications: [
    {
      name: "dahua",
      title: "Dahua",
      category: "iot",
      hosts: [
        "dahuasecurity.com",
        "easy4ip.com",
        "easy4ipcloud.com",
        "dahuatech.com",
        "imoulife.com",
        "dahuap2p.com",
      ],
    },
  ],
});
