import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "internet-archive",
  title: "Internet Archive",
  source: "https://archive.org",
  applications: [
    {
      name: "internet-archive",
      title: "Internet Archive",
      category: "education",
      source: "https://archive.org; addresses: AS7941 in the RADB and the regional registries",
      hosts: ["archive.org", "openlibrary.org", "archive-it.org"],
      addresses: ["207.241.224.0/20", "208.70.24.0/21"],
    },
  ],
});
