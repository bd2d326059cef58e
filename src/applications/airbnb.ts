import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "airbnb",
  title: "Airbnb",
  source: "https://www.airbnb.com",
  applications: [
    {
      name: "airbnb",
      title: "Airbnb",
      category: "travel",
      hosts: [
        "airbnb.com",
        "muscache.com",
        "airbnbapi.com",
        "airbnb.co.uk",
        "airbnb.de",
        "airbnb.fr",
        "airbnb.it",
        "airbnb.es",
      ],
    },
  ],
});
