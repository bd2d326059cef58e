import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "apache",
  title: "Apache Software Foundation",
  source: "https://www.apache.org",
  applications: [
    {
      name: "apache",
      title: "Apache",
      category: "developer",
      hosts: ["apache.org", "openoffice.org"],
    },
  ],
});
