import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "airtable",
  title: "Airtable",
  source: "https://airtable.com",
  applications: [
    {
      name: "airtable",
      title: "Airtable",
      category: "productivity",
      hosts: ["airtable.com", "airtableusercontent.com"],
    },
  ],
});
