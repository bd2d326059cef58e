import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "warner-bros-discovery",
  title: "Warner Bros. Discovery",
  source: "https://www.wbd.com",
  applications: [
    {
      name: "hbo",
      title: "HBO and Max",
      category: "video",
      source: "https://www.max.com, https://www.hbo.com",
      hosts: [
        "hbo.com",
        "max.com",
        "hbomax.com",
        "hbogo.com",
        "hbonow.com",
        "hbomaxcdn.com",
        "discomax.com",
        "maxgo.com",
      ],
    },
    {
      name: "cnn",
      title: "CNN",
      category: "news",
      source: "https://www.cnn.com",
      hosts: [
        "cnn.com",
        "cnn.io",
        "cnnmoney.com",
        "turner.com",
        "ugdturner.com",
        "warnermediacdn.com",
      ],
    },
    {
      name: "discovery-plus",
      title: "discovery+",
      category: "video",
      source: "https://www.discoveryplus.com",
      hosts: ["discoveryplus.com", "disco-api.com", "dplay.com", "discovery.com"],
    },
    {
      name: "eurosport",
      title: "Eurosport",
      category: "video",
      source: "https://www.eurosport.com",
      hosts: ["eurosport.com", "eurosport.fr", "eurosport.de", "eurosportplayer.com"],
    },
  ],
});
