import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "home-assistant",
  title: "Open Home Foundation",
  source: "https://www.home-assistant.io",
  applications: [
    {
      name: "home-assistant",
      title: "Home Assistant",
      category: "iot",
      hosts: ["home-assistant.io", "nabucasa.com", "nabu.casa"],
    },
  ],
});
