import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mixpanel",
  title: "Mixpanel",
  source: "https://mixpanel.com",
  applications: [
    {
      name: "mixpanel",
      title: "Mixpanel",
      category: "analytics",
      hosts: ["mixpanel.com", "mxpnl.com"],
    },
  ],
});
