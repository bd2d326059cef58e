import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bunny",
  title: "bunny.net",
  source: "https://bunny.net",
  applications: [
    {
      name: "bunny",
      title: "bunny.net",
      category: "cdn",
      shared: true,
      hosts: ["bunny.net", "b-cdn.net", "bunnycdn.com", "mediadelivery.net"],
    },
  ],
});
