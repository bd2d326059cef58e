import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "appsflyer",
  title: "AppsFlyer",
  source: "https://support.appsflyer.com",
  applications: [
    {
      name: "appsflyer",
      title: "AppsFlyer",
      category: "analytics",
      hosts: ["appsflyer.com", "onelink.me", "appsflyersdk.com"],
    },
  ],
});
