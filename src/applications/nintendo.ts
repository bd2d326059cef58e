import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nintendo",
  title: "Nintendo",
  source: "https://www.nintendo.com, https://en-americas-support.nintendo.com",
  applications: [
    {
      name: "nintendo",
      title: "Nintendo",
      category: "gaming",
      hosts: [
        "nintendo.com",
        "nintendo.net",
        "nintendo.co.jp",
        "nintendowifi.net",
        "nintendo.eu",
        "nintendo-europe.com",
        "nintendo.co.uk",
        "nintendo.de",
        "nintendo.co.kr",
      ],
    },
  ],
});
