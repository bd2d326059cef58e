import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "x",
  title: "X",
  source: "https://x.com",
  applications: [
    {
      name: "twitter",
      title: "X (Twitter)",
      category: "social",
      source: "https://x.com; addresses: AS13414 in the RADB and the regional registries",
      hosts: [
        "twitter.com",
        "x.com",
        "twimg.com",
        "t.co",
        "tweetdeck.com",
        "periscope.tv",
        "pscp.tv",
        "twttr.com",
        "ads-twitter.com",
      ],
      addresses: [
        "104.244.40.0/21",
        "192.133.76.0/22",
        "199.16.156.0/22",
        "199.59.148.0/22",
        "199.96.56.0/21",
        "69.195.160.0/19",
        "2400:6680:f000::/36",
      ],
    },
  ],
});
