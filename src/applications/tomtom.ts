import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tomtom",
  title: "TomTom",
  source: "https://www.tomtom.com",
  applications: [
    {
      name: "tomtom",
      title: "TomTom",
      category: "maps",
      hosts: ["tomtom.com", "tomtom-global.com"],
    },
  ],
});
