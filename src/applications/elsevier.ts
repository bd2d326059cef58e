import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "elsevier",
  title: "Elsevier",
  source: "https://www.elsevier.com",
  applications: [
    {
      name: "sciencedirect",
      title: "ScienceDirect",
      category: "education",
      hosts: [
        "sciencedirect.com",
        "elsevier.com",
        "els-cdn.com",
        "sciencedirectassets.com",
        "mendeley.com",
      ],
    },
  ],
});
