import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "datadog",
  title: "Datadog",
  source: "https://docs.datadoghq.com/agent/configuration/network/",
  applications: [
    {
      name: "datadog",
      title: "Datadog",
      category: "analytics",
      hosts: [
        "datadoghq.com",
        "datadoghq.eu",
        "ddog-gov.com",
        "datad0g.com",
        "datadoghq-browser-agent.com",
      ],
    },
  ],
});
