import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bandcamp",
  title: "Bandcamp",
  source: "https://bandcamp.com",
  applications: [
    {
      name: "bandcamp",
      title: "Bandcamp",
      category: "music",
      hosts: ["bandcamp.com", "bcbits.com"],
    },
  ],
});
