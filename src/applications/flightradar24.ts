import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "flightradar24",
  title: "Flightradar24",
  source: "https://www.flightradar24.com",
  applications: [
    {
      name: "flightradar24",
      title: "Flightradar24",
      category: "maps",
      hosts: ["flightradar24.com", "fr24.com", "fr24feed.com"],
    },
  ],
});
