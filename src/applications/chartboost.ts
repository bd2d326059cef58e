import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "chartboost",
  title: "Chartboost",
  source: "https://www.chartboost.com",
  applications: [
    {
      name: "chartboost",
      title: "Chartboost",
      category: "advertising",
      hosts: ["chartboost.com"],
    },
  ],
});
