import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "oppo",
  title: "OPPO",
  source: "https://www.oppo.com",
  applications: [
    {
      name: "oppo",
      title: "OPPO",
      category: "iot",
      hosts: [
        "oppo.com",
        "heytapmobi.com",
        "heytap.com",
        "heytapmobile.com",
        "oppomobile.com",
        "oneplus.com",
        "heytapimage.com",
        "heytapdl.com",
      ],
    },
  ],
});
