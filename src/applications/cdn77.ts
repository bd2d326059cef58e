import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cdn77",
  title: "CDN77",
  source: "https://www.cdn77.com",
  applications: [
    {
      name: "cdn77",
      title: "CDN77",
      category: "cdn",
      shared: true,
      hosts: ["cdn77.com", "cdn77.org"],
    },
  ],
});
