import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cleanbrowsing",
  title: "CleanBrowsing",
  source: "https://cleanbrowsing.org/filters/",
  applications: [
    {
      name: "cleanbrowsing",
      title: "CleanBrowsing",
      category: "dns",
      source:
        "https://cleanbrowsing.org/filters/; addresses: AS205157 in the RADB and the regional registries",
      hosts: ["cleanbrowsing.org"],
      addresses: ["185.228.168.0/24", "185.228.169.0/24"],
    },
  ],
});
