import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hotspot-shield",
  title: "Hotspot Shield",
  source: "https://www.hotspotshield.com",
  applications: [
    {
      name: "hotspot-shield",
      title: "Hotspot Shield",
      category: "vpn",
      hosts: ["hotspotshield.com", "hsselite.com", "anchorfree.com", "anchorfree.net"],
    },
  ],
});
