import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "carbonite",
  title: "OpenText",
  source: "https://www.carbonite.com",
  applications: [
    {
      name: "carbonite",
      title: "Carbonite",
      category: "storage",
      hosts: ["carbonite.com", "webroot.com", "webrootcloudav.com"],
    },
  ],
});
