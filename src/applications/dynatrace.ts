import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dynatrace",
  title: "Dynatrace",
  source: "https://www.dynatrace.com",
  applications: [
    {
      name: "dynatrace",
      title: "Dynatrace",
      category: "analytics",
      hosts: ["dynatrace.com", "ruxit.com", "dynatracelabs.com"],
    },
  ],
});
