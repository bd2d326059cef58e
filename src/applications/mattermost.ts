import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mattermost",
  title: "Mattermost",
  source: "https://mattermost.com",
  applications: [
    {
      name: "mattermost",
      title: "Mattermost",
      category: "messaging",
      hosts: ["mattermost.com"],
    },
  ],
});
