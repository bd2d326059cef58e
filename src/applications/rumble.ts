import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rumble",
  title: "Rumble",
  source: "https://rumble.com",
  applications: [
    {
      name: "rumble",
      title: "Rumble",
      category: "video",
      hosts: ["rumble.com", "rmbl.ws", "1a-1791.com"],
    },
  ],
});
