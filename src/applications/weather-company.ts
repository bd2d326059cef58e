import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "weather-company",
  title: "The Weather Company",
  source: "https://www.weather.com",
  applications: [
    {
      name: "weather-channel",
      title: "The Weather Channel",
      category: "news",
      hosts: ["weather.com", "wunderground.com", "imwx.com", "wfxtriggers.com"],
    },
  ],
});
