import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "grafana",
  title: "Grafana Labs",
  source: "https://grafana.com",
  applications: [
    {
      name: "grafana",
      title: "Grafana",
      category: "analytics",
      hosts: ["grafana.com", "grafana.net"],
    },
  ],
});
