import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "crowdstrike",
  title: "CrowdStrike",
  source: "https://www.crowdstrike.com",
  applications: [
    {
      name: "crowdstrike",
      title: "CrowdStrike",
      category: "security",
      hosts: ["crowdstrike.com", "cloudsink.net"],
    },
  ],
});
