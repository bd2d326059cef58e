import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "adevinta",
  title: "Adevinta",
  source: "https://adevinta.com",
  applications: [
    {
      name: "kleinanzeigen",
      title: "Kleinanzeigen",
      category: "shopping",
      source: "https://www.kleinanzeigen.de",
      hosts: ["kleinanzeigen.de", "ebay-kleinanzeigen.de"],
    },
    {
      name: "leboncoin",
      title: "leboncoin",
      category: "shopping",
      source: "https://www.leboncoin.fr",
      hosts: ["leboncoin.fr"],
    },
    {
      name: "subito",
      title: "Subito",
      category: "shopping",
      source: "https://www.subito.it",
      hosts: ["subito.it", "sbito.it"],
    },
  ],
});
