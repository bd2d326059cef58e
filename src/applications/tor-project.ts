import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tor-project",
  title: "Tor Project",
  source: "https://www.torproject.org",
  applications: [
    {
      name: "tor",
      title: "Tor",
      category: "vpn",
      hosts: ["torproject.org", "torproject.net"],
    },
  ],
});
