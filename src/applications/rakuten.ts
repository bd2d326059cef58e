import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rakuten",
  title: "Rakuten",
  source: "https://www.rakuten.com",
  applications: [
    {
      name: "viber",
      title: "Viber",
      category: "messaging",
      source: "https://help.viber.com/hc/en-us/articles/9173894513821 (ports and protocols)",
      hosts: ["viber.com", "viber.io", "vbrcdn.com"],
    },
    {
      name: "rakuten",
      title: "Rakuten",
      category: "shopping",
      hosts: ["rakuten.com", "rakuten.co.jp", "r10s.jp", "rakuten.ne.jp", "rakuten.tv", "r10s.com"],
    },
    {
      name: "kobo",
      title: "Kobo",
      category: "shopping",
      source: "https://www.kobo.com",
      hosts: ["kobo.com", "kobobooks.com"],
    },
    {
      name: "rakuten-viki",
      title: "Viki",
      category: "video",
      source: "https://www.viki.com",
      hosts: ["viki.com", "viki.io"],
    },
  ],
});
