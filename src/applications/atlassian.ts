import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "atlassian",
  title: "Atlassian",
  source:
    "https://support.atlassian.com/organization-administration/docs/ip-addresses-and-domains-for-atlassian-cloud-products/",
  applications: [
    {
      name: "atlassian",
      title: "Atlassian",
      category: "productivity",
      hosts: [
        "atlassian.com",
        "atlassian.net",
        "atl-paas.net",
        "atlassianusercontent.com",
        "jira.com",
        "statuspage.io",
        "ss-inf.net",
        "atlassian-us-gov-mod.net",
      ],
    },
    {
      name: "bitbucket",
      title: "Bitbucket",
      category: "developer",
      hosts: ["bitbucket.org", "bitbucket.io"],
    },
    {
      name: "trello",
      title: "Trello",
      category: "productivity",
      source: "https://trello.com",
      hosts: ["trello.com", "trellocdn.com"],
    },
  ],
});
