import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pastebin",
  title: "Pastebin",
  source: "https://pastebin.com",
  applications: [
    {
      name: "pastebin",
      title: "Pastebin",
      category: "developer",
      hosts: ["pastebin.com"],
    },
  ],
});
