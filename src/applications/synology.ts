import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "synology",
  title: "Synology",
  source:
    "https://kb.synology.com/en-global/DSM/tutorial/What_network_ports_are_used_by_Synology_services",
  applications: [
    {
      name: "synology",
      title: "Synology",
      category: "storage",
      hosts: [
        "synology.com",
        "quickconnect.to",
        "synology.me",
        "synologyupdate.com",
        "quickconnect.cn",
      ],
    },
  ],
});
