import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "virustotal",
  title: "VirusTotal",
  source: "https://www.virustotal.com",
  applications: [
    {
      name: "virustotal",
      title: "VirusTotal",
      category: "security",
      hosts: ["virustotal.com"],
    },
  ],
});
