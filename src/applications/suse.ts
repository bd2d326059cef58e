import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "suse",
  title: "SUSE",
  source: "https://www.suse.com",
  applications: [
    {
      name: "opensuse",
      title: "openSUSE",
      category: "update",
      source: "https://www.opensuse.org",
      hosts: ["opensuse.org", "suse.com", "suse.de"],
    },
  ],
});
