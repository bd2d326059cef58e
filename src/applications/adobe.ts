import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "adobe",
  title: "Adobe",
  source: "https://helpx.adobe.com/enterprise/kb/network-endpoints.html",
  applications: [
    {
      name: "adobe",
      title: "Adobe",
      category: "productivity",
      hosts: [
        "adobe.com",
        "adobe.io",
        "adobelogin.com",
        "adobecc.com",
        "typekit.com",
        "typekit.net",
        "behance.net",
        "acrobat.com",
        "adobess.com",
        "photoshop.com",
        "adobeexchange.com",
        "adobesc.com",
        "adobedc.net",
        "adobestock.com",
        "echosign.com",
        "adobesign.com",
        "fotolia.com",
      ],
    },
    {
      name: "adobe-connect",
      title: "Adobe Connect",
      category: "meeting",
      source:
        "https://helpx.adobe.com/adobe-connect/using/enable-adobe-connect-network-access.html",
      hosts: ["adobeconnect.com"],
    },
    {
      name: "adobe-analytics",
      title: "Adobe Experience Cloud",
      category: "analytics",
      source: "https://experienceleague.adobe.com",
      hosts: [
        "omtrdc.net",
        "2o7.net",
        "demdex.net",
        "everesttech.net",
        "adobedtm.com",
        "adobetag.com",
      ],
    },
    {
      name: "behance",
      title: "Behance",
      category: "social",
      source: "https://www.behance.net",
      hosts: ["behance.com"],
    },
  ],
});
