import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lg",
  title: "LG",
  source: "https://www.lg.com",
  applications: [
    {
      name: "lg",
      title: "LG",
      category: "iot",
      hosts: [
        "lg.com",
        "lge.com",
        "lgtvsdp.com",
        "lgthinq.com",
        "lgtvcommon.com",
        "lgsmartad.com",
        "lgeapi.com",
        "lgappstv.com",
      ],
    },
  ],
});
