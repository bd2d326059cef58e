import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ted",
  title: "TED",
  source: "https://www.ted.com",
  applications: [
    {
      name: "ted",
      title: "TED",
      category: "video",
      hosts: ["ted.com", "tedcdn.com"],
    },
  ],
});
