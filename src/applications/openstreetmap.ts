import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "openstreetmap",
  title: "OpenStreetMap",
  source: "https://www.openstreetmap.org",
  applications: [
    {
      name: "openstreetmap",
      title: "OpenStreetMap",
      category: "maps",
      hosts: ["openstreetmap.org", "osm.org", "openstreetmap.de"],
    },
  ],
});
