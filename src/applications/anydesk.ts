import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "anydesk",
  title: "AnyDesk",
  source: "https://support.anydesk.com/knowledge/firewall",
  applications: [
    {
      name: "anydesk",
      title: "AnyDesk",
      category: "remote-access",
      hosts: ["anydesk.com", "anydesk.net"],
    },
  ],
});
