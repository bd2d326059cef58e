import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gen-digital",
  title: "Gen Digital",
  source: "https://support.avast.com",
  applications: [
    {
      name: "avast",
      title: "Avast",
      category: "security",
      source: "https://www.avast.com",
      hosts: ["avast.com", "avcdn.net", "avast.ru"],
    },
    {
      name: "avast-secure-dns",
      title: "Avast Secure DNS",
      category: "dns",
      source: "https://support.avast.com/en-us/article/antivirus-real-site-faq/",
      within: "avast",
      hosts: ["securedns.avast.com"],
    },
    {
      name: "avg",
      title: "AVG",
      category: "security",
      source: "https://www.avg.com",
      hosts: ["avg.com", "avg.cz"],
    },
    {
      name: "norton",
      title: "Norton",
      category: "security",
      source: "https://www.norton.com",
      hosts: [
        "norton.com",
        "nortonlifelock.com",
        "symantec.com",
        "symantecliveupdate.com",
        "symcb.com",
      ],
    },
    {
      name: "avira",
      title: "Avira",
      category: "security",
      source: "https://www.avira.com",
      hosts: ["avira.com", "avira-update.com"],
    },
    {
      name: "ccleaner",
      title: "CCleaner",
      category: "security",
      source: "https://www.ccleaner.com",
      hosts: ["ccleaner.com", "piriform.com"],
    },
  ],
});
