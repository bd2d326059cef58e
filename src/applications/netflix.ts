import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netflix",
  title: "Netflix",
  source: "https://www.netflix.com, https://openconnect.netflix.com (AS2906, AS40027)",
  applications: [
    {
      name: "netflix",
      title: "Netflix",
      category: "video",
      hosts: [
        "netflix.com",
        "netflix.net",
        "nflxvideo.net",
        "nflximg.net",
        "nflximg.com",
        "nflxext.com",
        "nflxso.net",
        "netflixinvestor.com",
      ],
      addresses: [
        "23.246.0.0/18",
        "37.77.184.0/21",
        "45.57.0.0/17",
        "64.120.128.0/17",
        "66.197.128.0/17",
        "108.175.32.0/20",
        "185.2.220.0/22",
        "185.9.188.0/22",
        "192.173.64.0/18",
        "198.38.96.0/19",
        "198.45.48.0/20",
        "208.75.76.0/22",
        "2620:10c:7000::/44",
        "2a00:86c0::/32",
      ],
    },
    {
      name: "fast-com",
      title: "Fast.com",
      category: "web",
      source: "https://fast.com",
      hosts: ["fast.com"],
    },
  ],
});
