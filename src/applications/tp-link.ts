import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tp-link",
  title: "TP-Link",
  source: "https://www.tp-link.com",
  applications: [
    {
      name: "tp-link",
      title: "TP-Link",
      category: "iot",
      hosts: [
        "tp-link.com",
        "tplinkcloud.com",
        "tplinknbu.com",
        "tplinkra.com",
        "tplinkmifi.net",
        "tapo.com",
        "kasasmart.com",
        "tplinkdns.com",
      ],
    },
  ],
});
