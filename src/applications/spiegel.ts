import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "spiegel",
  title: "DER SPIEGEL",
  source: "https://www.spiegel.de",
  applications: [
    {
      name: "spiegel",
      title: "DER SPIEGEL",
      category: "news",
      hosts: ["spiegel.de"],
    },
  ],
});
