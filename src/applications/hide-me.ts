import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hide-me",
  title: "hide.me",
  source: "https://hide.me",
  applications: [
    {
      name: "hide-me",
      title: "hide.me",
      category: "vpn",
      hosts: ["hide.me", "hideservers.net"],
    },
  ],
});
