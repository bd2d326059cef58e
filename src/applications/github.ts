import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "github",
  title: "GitHub",
  source:
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-githubs-ip-addresses, https://api.github.com/meta",
  applications: [
    {
      name: "github",
      title: "GitHub",
      category: "developer",
      hosts: [
        "github.com",
        "githubusercontent.com",
        "githubassets.com",
        "github.io",
        "githubapp.com",
        "ghcr.io",
        "github.dev",
        "githubstatus.com",
        "githubcopilot.com",
        "github.blog",
      ],
      addresses: [
        "192.30.252.0/22",
        "185.199.108.0/22",
        "140.82.112.0/20",
        "143.55.64.0/20",
        "2a0a:a440::/29",
        "2606:50c0::/32",
      ],
    },
  ],
});
