import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "yahoo",
  title: "Yahoo",
  source: "https://www.yahoo.com",
  applications: [
    {
      name: "yahoo",
      title: "Yahoo",
      category: "web",
      hosts: [
        "yahoo.com",
        "yimg.com",
        "yahooapis.com",
        "yahoo.net",
        "yahoodns.net",
        "ymail.com",
        "yahoo-inc.com",
        "oath.com",
        "yahooinc.com",
        "rocketmail.com",
      ],
    },
    {
      name: "aol",
      title: "AOL",
      category: "web",
      source: "https://www.aol.com",
      hosts: ["aol.com", "aolcdn.com", "aim.com"],
    },
    {
      name: "techcrunch",
      title: "TechCrunch",
      category: "news",
      source: "https://techcrunch.com",
      hosts: ["techcrunch.com", "engadget.com"],
    },
  ],
});
