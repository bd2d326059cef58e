import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "elastic",
  title: "Elastic",
  source: "https://www.elastic.co",
  applications: [
    {
      name: "elastic-cloud",
      title: "Elastic Cloud",
      category: "analytics",
      hosts: ["elastic.co", "elastic-cloud.com"],
    },
  ],
});
