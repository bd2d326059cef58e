import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "flurry",
  title: "Flurry",
  source: "https://www.flurry.com",
  applications: [
    {
      name: "flurry",
      title: "Flurry",
      category: "analytics",
      hosts: ["flurry.com"],
    },
  ],
});
