import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zscaler",
  title: "Zscaler",
  source: "https://config.zscaler.com",
  applications: [
    {
      name: "zscaler",
      title: "Zscaler",
      category: "security",
      hosts: [
        "zscaler.com",
        "zscaler.net",
        "zscalerone.net",
        "zscalertwo.net",
        "zscalerthree.net",
        "zscloud.net",
        "zscalerbeta.net",
        "zpath.net",
        "zpatwo.net",
        "zdxcloud.net",
      ],
    },
  ],
});
