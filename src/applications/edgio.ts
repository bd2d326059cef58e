import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "edgio",
  title: "Edgio",
  source: "https://edg.io",
  applications: [
    {
      name: "edgecast",
      title: "Edgecast",
      category: "cdn",
      shared: true,
      hosts: [
        "edgecastcdn.net",
        "edgecast.com",
        "systemcdn.net",
        "transactcdn.net",
        "v0cdn.net",
        "v5cdn.net",
        "alphacdn.net",
        "nucdn.net",
        "mucdn.net",
        "phicdn.net",
      ],
    },
    {
      name: "limelight",
      title: "Limelight",
      category: "cdn",
      shared: true,
      hosts: ["llnwd.net", "llnw.net", "llnwi.net", "lldns.net", "limelight.com", "edgio.net"],
    },
  ],
});
