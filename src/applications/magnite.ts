import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "magnite",
  title: "Magnite",
  source: "https://www.magnite.com",
  applications: [
    {
      name: "magnite",
      title: "Magnite",
      category: "advertising",
      hosts: ["rubiconproject.com", "magnite.com", "spotxchange.com", "spotx.tv"],
    },
  ],
});
