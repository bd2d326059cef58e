import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "the-guardian",
  title: "The Guardian",
  source: "https://www.theguardian.com",
  applications: [
    {
      name: "the-guardian",
      title: "The Guardian",
      category: "news",
      hosts: ["theguardian.com", "guim.co.uk", "guardian.co.uk", "guardianapis.com"],
    },
  ],
});
