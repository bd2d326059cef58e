import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gmx",
  title: "GMX and WEB.DE",
  source: "https://www.gmx.net",
  applications: [
    {
      name: "gmx",
      title: "GMX",
      category: "mail",
      hosts: ["gmx.net", "gmx.com", "gmx.de", "gmx.at", "gmx.ch", "ui-portal.de"],
    },
    {
      name: "web-de",
      title: "WEB.DE",
      category: "mail",
      source: "https://web.de",
      hosts: ["web.de"],
    },
  ],
});
