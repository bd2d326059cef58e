import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "midjourney",
  title: "Midjourney",
  source: "https://www.midjourney.com",
  applications: [
    {
      name: "midjourney",
      title: "Midjourney",
      category: "ai",
      hosts: ["midjourney.com"],
    },
  ],
});
