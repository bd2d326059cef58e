import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "reddit",
  title: "Reddit",
  source: "https://www.reddit.com",
  applications: [
    {
      name: "reddit",
      title: "Reddit",
      category: "social",
      hosts: [
        "reddit.com",
        "redd.it",
        "redditmedia.com",
        "redditstatic.com",
        "redditinc.com",
        "reddit.map.fastly.net",
      ],
    },
  ],
});
