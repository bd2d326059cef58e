import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "optimizely",
  title: "Optimizely",
  source: "https://www.optimizely.com",
  applications: [
    {
      name: "optimizely",
      title: "Optimizely",
      category: "analytics",
      hosts: ["optimizely.com", "episerver.net"],
    },
  ],
});
