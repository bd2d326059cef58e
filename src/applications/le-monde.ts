import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "le-monde",
  title: "Le Monde",
  source: "https://www.lemonde.fr",
  applications: [
    {
      name: "le-monde",
      title: "Le Monde",
      category: "news",
      hosts: ["lemonde.fr"],
    },
  ],
});
