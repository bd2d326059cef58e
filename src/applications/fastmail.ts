import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "fastmail",
  title: "Fastmail",
  source: "https://www.fastmail.help/hc/en-us/articles/1500000278342 (server names and ports)",
  applications: [
    {
      name: "fastmail",
      title: "Fastmail",
      category: "mail",
      hosts: ["fastmail.com", "fastmail.fm", "messagingengine.com", "fastmailusercontent.com"],
    },
  ],
});
