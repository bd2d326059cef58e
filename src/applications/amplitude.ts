import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "amplitude",
  title: "Amplitude",
  source: "https://amplitude.com",
  applications: [
    {
      name: "amplitude",
      title: "Amplitude",
      category: "analytics",
      hosts: ["amplitude.com"],
    },
  ],
});
