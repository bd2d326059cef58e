import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "8x8",
  title: "8x8",
  source: "https://support.8x8.com",
  applications: [
    {
      name: "8x8",
      title: "8x8",
      category: "voip",
      hosts: ["8x8.com", "8x8.vc", "packet8.net", "wavecell.com"],
    },
    {
      name: "jitsi",
      title: "Jitsi Meet",
      category: "meeting",
      source: "https://meet.jit.si",
      hosts: ["jitsi.org", "jit.si", "jitsi.net"],
    },
    {
      name: "fuze",
      title: "Fuze",
      category: "meeting",
      source: "https://www.8x8.com/fuze",
      hosts: ["fuze.com", "fuzemeeting.com", "thinkingphones.com"],
    },
  ],
});
