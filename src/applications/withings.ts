import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "withings",
  title: "Withings",
  source: "https://www.withings.com",
  applications: [
    {
      name: "withings",
      title: "Withings",
      category: "iot",
      hosts: ["withings.com", "withings.net"],
    },
  ],
});
