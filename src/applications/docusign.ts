import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "docusign",
  title: "DocuSign",
  source: "https://www.docusign.com",
  applications: [
    {
      name: "docusign",
      title: "DocuSign",
      category: "productivity",
      hosts: ["docusign.com", "docusign.net", "docusign.eu"],
    },
  ],
});
