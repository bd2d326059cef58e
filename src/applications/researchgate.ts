import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "researchgate",
  title: "ResearchGate",
  source: "https://www.researchgate.net",
  applications: [
    {
      name: "researchgate",
      title: "ResearchGate",
      category: "education",
      hosts: ["researchgate.net", "rgstatic.net"],
    },
  ],
});
