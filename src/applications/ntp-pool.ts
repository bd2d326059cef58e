import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ntp-pool",
  title: "NTP Pool",
  source: "https://www.ntppool.org",
  applications: [
    {
      name: "ntp-pool",
      title: "NTP Pool",
      category: "dns",
      hosts: ["ntp.org", "ntppool.org"],
    },
  ],
});
