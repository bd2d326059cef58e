import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "n26",
  title: "N26",
  source: "https://n26.com",
  applications: [
    {
      name: "n26",
      title: "N26",
      category: "finance",
      hosts: ["n26.com", "tech26.de"],
    },
  ],
});
