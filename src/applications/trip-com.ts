import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "trip-com",
  title: "Trip.com",
  source: "https://www.trip.com",
  applications: [
    {
      name: "trip-com",
      title: "Trip.com",
      category: "travel",
      hosts: [
        "trip.com",
        "ctrip.com",
        "c-ctrip.com",
        "skyscanner.net",
        "skyscanner.com",
        "tripcdn.com",
      ],
    },
  ],
});
