import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zendesk",
  title: "Zendesk",
  source: "https://support.zendesk.com",
  applications: [
    {
      name: "zendesk",
      title: "Zendesk",
      category: "productivity",
      hosts: ["zendesk.com", "zdassets.com", "zopim.com", "zdusercontent.com"],
    },
  ],
});
