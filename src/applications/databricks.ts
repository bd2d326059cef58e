import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "databricks",
  title: "Databricks",
  source: "https://docs.databricks.com",
  applications: [
    {
      name: "databricks",
      title: "Databricks",
      category: "cloud",
      hosts: ["databricks.com", "azuredatabricks.net"],
    },
  ],
});
