import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "webflow",
  title: "Webflow",
  source: "https://webflow.com",
  applications: [
    {
      name: "webflow",
      title: "Webflow",
      category: "web",
      shared: true,
      hosts: ["webflow.com", "webflow.io", "website-files.com"],
    },
  ],
});
