import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rocket-chat",
  title: "Rocket.Chat",
  source: "https://www.rocket.chat",
  applications: [
    {
      name: "rocket-chat",
      title: "Rocket.Chat",
      category: "messaging",
      hosts: ["rocket.chat"],
    },
  ],
});
