import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "debian",
  title: "Debian",
  source: "https://www.debian.org",
  applications: [
    {
      name: "debian",
      title: "Debian",
      category: "update",
      source: "https://www.debian.org/mirror/list",
      hosts: ["debian.org", "debian.net", "debian-ports.org"],
    },
  ],
});
