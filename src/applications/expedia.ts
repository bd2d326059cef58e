import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "expedia",
  title: "Expedia",
  source: "https://www.expedia.com",
  applications: [
    {
      name: "expedia",
      title: "Expedia",
      category: "travel",
      hosts: [
        "expedia.com",
        "expedia.co.uk",
        "expedia.de",
        "travel-assets.com",
        "trivago.com",
        "vrbo.com",
      ],
    },
    {
      name: "hotels-com",
      title: "Hotels.com",
      category: "travel",
      source: "https://www.hotels.com",
      hosts: ["hotels.com"],
    },
  ],
});
