import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tripadvisor",
  title: "Tripadvisor",
  source: "https://www.tripadvisor.com",
  applications: [
    {
      name: "tripadvisor",
      title: "Tripadvisor",
      category: "travel",
      hosts: [
        "tripadvisor.com",
        "tripadvisor.co.uk",
        "tripadvisor.it",
        "tripadvisor.de",
        "tacdn.com",
        "viator.com",
      ],
    },
  ],
});
