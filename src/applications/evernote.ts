import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "evernote",
  title: "Evernote",
  source: "https://evernote.com",
  applications: [
    {
      name: "evernote",
      title: "Evernote",
      category: "productivity",
      hosts: ["evernote.com"],
    },
  ],
});
