import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "okta",
  title: "Okta",
  source: "https://help.okta.com/en-us/content/topics/security/ip-address-allow-listing.htm",
  applications: [
    {
      name: "okta",
      title: "Okta",
      category: "security",
      hosts: ["okta.com", "oktacdn.com", "okta-emea.com", "oktapreview.com", "okta-gov.com"],
    },
    {
      name: "auth0",
      title: "Auth0",
      category: "security",
      source: "https://auth0.com",
      hosts: ["auth0.com"],
    },
  ],
});
