import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "siriusxm",
  title: "SiriusXM",
  source: "https://www.siriusxm.com",
  applications: [
    {
      name: "pandora",
      title: "Pandora",
      category: "music",
      source: "https://www.pandora.com",
      hosts: ["pandora.com", "p-cdn.com", "p-cdn.us", "savagebeast.com"],
    },
    {
      name: "siriusxm",
      title: "SiriusXM",
      category: "music",
      hosts: ["siriusxm.com", "siriusxm.ca", "sirius.com"],
    },
  ],
});
