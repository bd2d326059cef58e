import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "salesforce",
  title: "Salesforce",
  source: "https://help.salesforce.com/s/articleView?id=000384438 (domains to allow)",
  applications: [
    {
      name: "salesforce",
      title: "Salesforce",
      category: "productivity",
      hosts: [
        "salesforce.com",
        "force.com",
        "salesforceliveagent.com",
        "salesforce-sites.com",
        "sfdcstatic.com",
        "visualforce.com",
        "documentforce.com",
        "lightning.com",
        "salesforce-experience.com",
        "my-salesforce.com",
        "sfdc.net",
        "exacttarget.com",
        "salesforceiq.com",
      ],
    },
    {
      name: "heroku",
      title: "Heroku",
      category: "cloud",
      source: "https://devcenter.heroku.com",
      shared: true,
      hosts: ["heroku.com", "herokuapp.com", "herokudns.com", "herokussl.com"],
    },
    {
      name: "tableau",
      title: "Tableau",
      category: "analytics",
      source: "https://www.tableau.com",
      hosts: ["tableau.com", "tableausoftware.com"],
    },
  ],
});
