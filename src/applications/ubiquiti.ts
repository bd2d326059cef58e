import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ubiquiti",
  title: "Ubiquiti",
  source: "https://help.ui.com",
  applications: [
    {
      name: "ubiquiti",
      title: "Ubiquiti",
      category: "iot",
      hosts: ["ui.com", "ubnt.com", "unifi-ai.com", "ubiquiti.com", "ui.direct"],
    },
  ],
});
