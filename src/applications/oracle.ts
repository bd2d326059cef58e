import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "oracle",
  title: "Oracle",
  source: "https://docs.oracle.com/en-us/iaas/Content/General/Concepts/addressranges.htm",
  applications: [
    {
      name: "oracle-cloud",
      title: "Oracle Cloud",
      category: "cloud",
      shared: true,
      hosts: [
        "oraclecloud.com",
        "oraclecloudapps.com",
        "oracle.com",
        "oraclecdn.com",
        "oci.com",
        "oracleinfinity.io",
        "eloqua.com",
        "oraclegovcloud.com",
        "netsuite.com",
      ],
    },
    {
      name: "java",
      title: "Java",
      category: "update",
      source: "https://www.java.com",
      hosts: ["java.com", "javadl-esd-secure.oracle.com"],
    },
  ],
});
