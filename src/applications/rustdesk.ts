import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rustdesk",
  title: "RustDesk",
  source: "https://rustdesk.com",
  applications: [
    {
      name: "rustdesk",
      title: "RustDesk",
      category: "remote-access",
      hosts: ["rustdesk.com"],
    },
  ],
});
