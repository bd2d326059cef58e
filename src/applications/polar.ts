import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "polar",
  title: "Polar",
  source: "https://www.polar.com",
  applications: [
    {
      name: "polar",
      title: "Polar",
      category: "iot",
      hosts: ["polar.com", "polarpersonaltrainer.com"],
    },
  ],
});
