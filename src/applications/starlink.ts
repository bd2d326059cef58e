import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "starlink",
  title: "SpaceX",
  source: "https://www.starlink.com",
  applications: [
    {
      name: "starlink",
      title: "Starlink",
      category: "web",
      hosts: ["starlink.com", "spacex.com"],
    },
  ],
});
