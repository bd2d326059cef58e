import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "repubblica",
  title: "GEDI",
  source: "https://www.repubblica.it",
  applications: [
    {
      name: "repubblica",
      title: "la Repubblica",
      category: "news",
      hosts: ["repubblica.it", "gedidigital.it"],
    },
  ],
});
