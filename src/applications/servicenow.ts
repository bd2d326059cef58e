import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "servicenow",
  title: "ServiceNow",
  source: "https://www.servicenow.com",
  applications: [
    {
      name: "servicenow",
      title: "ServiceNow",
      category: "productivity",
      hosts: ["servicenow.com", "service-now.com"],
    },
  ],
});
