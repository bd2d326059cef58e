import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "accuweather",
  title: "AccuWeather",
  source: "https://www.accuweather.com",
  applications: [
    {
      name: "accuweather",
      title: "AccuWeather",
      category: "news",
      hosts: ["accuweather.com", "accu-weather.com"],
    },
  ],
});
