import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "new-relic",
  title: "New Relic",
  source: "https://docs.newrelic.com/docs/new-relic-solutions/get-started/networks/",
  applications: [
    {
      name: "new-relic",
      title: "New Relic",
      category: "analytics",
      hosts: ["newrelic.com", "nr-data.net", "nr-assets.net", "nr-ext.net"],
    },
  ],
});
