import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mapbox",
  title: "Mapbox",
  source: "https://www.mapbox.com",
  applications: [
    {
      name: "mapbox",
      title: "Mapbox",
      category: "maps",
      hosts: ["mapbox.com", "mapbox.cn"],
    },
  ],
});
