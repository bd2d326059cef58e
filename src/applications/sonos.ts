import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sonos",
  title: "Sonos",
  source: "https://support.sonos.com/en-us/article/configure-your-firewall-to-work-with-sonos",
  applications: [
    {
      name: "sonos",
      title: "Sonos",
      category: "iot",
      hosts: ["sonos.com", "sonos.radio"],
    },
  ],
});
