import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "splunk",
  title: "Splunk",
  source: "https://www.splunk.com",
  applications: [
    {
      name: "splunk",
      title: "Splunk",
      category: "analytics",
      hosts: ["splunk.com", "splunkcloud.com", "signalfx.com"],
    },
  ],
});
