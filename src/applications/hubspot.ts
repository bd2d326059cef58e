import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hubspot",
  title: "HubSpot",
  source: "https://www.hubspot.com",
  applications: [
    {
      name: "hubspot",
      title: "HubSpot",
      category: "productivity",
      hosts: [
        "hubspot.com",
        "hubspot.net",
        "hubspotusercontent.com",
        "hs-scripts.com",
        "hsforms.com",
        "hsforms.net",
        "hubapi.com",
        "hs-sites.com",
        "hubspotusercontent-na1.net",
      ],
    },
  ],
});
