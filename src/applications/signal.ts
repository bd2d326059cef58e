import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "signal",
  title: "Signal",
  source:
    "https://support.signal.org/hc/en-us/articles/360007320291-Firewall-and-Internet-settings",
  applications: [
    {
      name: "signal",
      title: "Signal",
      category: "messaging",
      hosts: [
        "signal.org",
        "whispersystems.org",
        "signal.art",
        "signal.group",
        "signal.me",
        "signal.link",
      ],
    },
  ],
});
