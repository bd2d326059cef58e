import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bluesky",
  title: "Bluesky",
  source: "https://bsky.social, https://docs.bsky.app",
  applications: [
    {
      name: "bluesky",
      title: "Bluesky",
      category: "social",
      hosts: ["bsky.app", "bsky.social", "bsky.network", "atproto.com", "plc.directory"],
    },
  ],
});
