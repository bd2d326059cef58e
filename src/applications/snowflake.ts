import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "snowflake",
  title: "Snowflake",
  source: "https://docs.snowflake.com",
  applications: [
    {
      name: "snowflake",
      title: "Snowflake",
      category: "cloud",
      hosts: ["snowflake.com", "snowflakecomputing.com", "snowflakecomputing.cn"],
    },
  ],
});
