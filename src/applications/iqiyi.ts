import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "iqiyi",
  title: "iQIYI",
  source: "https://www.iqiyi.com",
  applications: [
    {
      name: "iqiyi",
      title: "iQIYI",
      category: "video",
      hosts: [
        "iqiyi.com",
        "iq.com",
        "qiyi.com",
        "iqiyipic.com",
        "qiyipic.com",
        "qy.net",
        "pps.tv",
        "71.am",
        "ppstream.com",
      ],
    },
  ],
});
