import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mastodon",
  title: "Mastodon",
  source: "https://joinmastodon.org/servers",
  applications: [
    {
      name: "mastodon",
      title: "Mastodon",
      category: "social",
      hosts: [
        "mastodon.social",
        "joinmastodon.org",
        "mastodon.online",
        "mstdn.social",
        "mstdn.jp",
        "fosstodon.org",
        "mas.to",
        "mastodon.world",
        "hachyderm.io",
        "infosec.exchange",
        "techhub.social",
        "pawoo.net",
        "mastodon.art",
        "mastodon.cloud",
      ],
    },
  ],
});
