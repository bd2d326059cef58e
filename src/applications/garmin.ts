import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "garmin",
  title: "Garmin",
  source: "https://www.garmin.com",
  applications: [
    {
      name: "garmin",
      title: "Garmin",
      category: "iot",
      hosts: ["garmin.com", "garmin.cn", "garmincdn.com"],
    },
  ],
});
