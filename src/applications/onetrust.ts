import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "onetrust",
  title: "OneTrust",
  source: "https://www.onetrust.com",
  applications: [
    {
      name: "onetrust",
      title: "OneTrust",
      category: "web",
      hosts: ["onetrust.com", "cookielaw.org", "cookiepro.com", "onetrust.io"],
    },
  ],
});
