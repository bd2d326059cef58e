import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "linux-mint",
  title: "Linux Mint",
  source: "https://linuxmint.com",
  applications: [
    {
      name: "linux-mint",
      title: "Linux Mint",
      category: "update",
      hosts: ["linuxmint.com"],
    },
  ],
});
