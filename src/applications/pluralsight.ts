import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pluralsight",
  title: "Pluralsight",
  source: "https://www.pluralsight.com",
  applications: [
    {
      name: "pluralsight",
      title: "Pluralsight",
      category: "education",
      hosts: ["pluralsight.com", "pluralsight.imgix.net", "pluralsight2.imgix.net"],
    },
  ],
});
