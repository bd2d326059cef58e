import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "chartbeat",
  title: "Chartbeat",
  source: "https://chartbeat.com",
  applications: [
    {
      name: "chartbeat",
      title: "Chartbeat",
      category: "analytics",
      hosts: ["chartbeat.com", "chartbeat.net"],
    },
  ],
});
