import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "strava",
  title: "Strava",
  source: "https://www.strava.com",
  applications: [
    {
      name: "strava",
      title: "Strava",
      category: "social",
      hosts: ["strava.com"],
    },
  ],
});
