import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sap",
  title: "SAP",
  source: "https://www.sap.com",
  applications: [
    {
      name: "sap-cloud",
      title: "SAP Cloud",
      category: "productivity",
      hosts: [
        "sap.com",
        "ondemand.com",
        "successfactors.com",
        "successfactors.eu",
        "ariba.com",
        "sapsf.com",
        "sapsf.eu",
        "concursolutions.com",
        "concur.com",
        "s4hana.cloud.sap",
      ],
    },
  ],
});
