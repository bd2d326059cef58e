import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ionos",
  title: "IONOS",
  source: "https://www.ionos.com",
  applications: [
    {
      name: "ionos",
      title: "IONOS",
      category: "cloud",
      shared: true,
      hosts: [
        "ionos.com",
        "ionos.de",
        "1and1.com",
        "perfora.net",
        "kundenserver.de",
        "ui-dns.com",
        "schlund.de",
        "onlinehome-server.info",
      ],
    },
  ],
});
