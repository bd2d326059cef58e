import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "fedora",
  title: "Fedora",
  source: "https://fedoraproject.org",
  applications: [
    {
      name: "fedora",
      title: "Fedora",
      category: "update",
      hosts: ["fedoraproject.org", "getfedora.org", "fedoraplanet.org", "fedorainfracloud.org"],
    },
  ],
});
