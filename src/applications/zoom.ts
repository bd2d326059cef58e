import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zoom",
  title: "Zoom",
  source:
    "https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0060548 (firewall and proxy settings), https://assets.zoom.us/docs/ipranges/Zoom.txt",
  applications: [
    {
      name: "zoom",
      title: "Zoom",
      category: "meeting",
      source:
        "https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0060548 (firewall and proxy settings), https://assets.zoom.us/docs/ipranges/Zoom.txt; addresses: AS30103 in the RADB and the regional registries",
      hosts: [
        "zoom.us",
        "zoom.com",
        "zoomgov.com",
        "zoom.com.cn",
        "zmcdn.com",
        "zoomdev.us",
        "zoomonprem.com",
        "zoomcrc.com",
      ],
      addresses: [
        "144.195.0.0/16",
        "170.114.0.0/16",
        "206.247.0.0/16",
        "159.124.0.0/16",
        "134.224.0.0/16",
        "198.251.128.0/17",
        "147.124.96.0/19",
        "162.255.36.0/22",
        "173.231.80.0/20",
        "192.204.12.0/22",
        "204.80.104.0/21",
        "103.122.166.0/23",
        "64.224.32.0/19",
        "69.174.108.0/22",
        "101.36.167.0/24",
        "101.36.170.0/23",
        "137.66.128.0/17",
        "149.137.0.0/17",
        "156.45.0.0/17",
        "161.199.136.0/22",
        "162.12.232.0/22",
        "166.108.64.0/18",
        "168.140.0.0/17",
        "2407:30c0::/32",
        "2620:123:2000::/40",
      ],
    },
  ],
});
