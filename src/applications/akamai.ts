import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "akamai",
  title: "Akamai",
  source: "https://techdocs.akamai.com/property-mgr/docs/edge-hostnames",
  applications: [
    {
      name: "akamai",
      title: "Akamai",
      category: "cdn",
      shared: true,
      hosts: [
        "akamai.net",
        "akamaized.net",
        "akamaihd.net",
        "akamaiedge.net",
        "akamaitechnologies.com",
        "akamai.com",
        "edgekey.net",
        "edgesuite.net",
        "akadns.net",
        "akam.net",
        "akamaistream.net",
        "go-mpulse.net",
        "akamaized-staging.net",
        "akamai-staging.net",
      ],
    },
    {
      name: "linode",
      title: "Linode",
      category: "cloud",
      source: "https://www.linode.com",
      shared: true,
      hosts: ["linode.com", "linodeobjects.com", "linodeusercontent.com"],
    },
  ],
});
