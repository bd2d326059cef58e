import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kick",
  title: "Kick",
  source: "https://kick.com",
  applications: [
    {
      name: "kick",
      title: "Kick",
      category: "video",
      hosts: ["kick.com"],
    },
  ],
});
