import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bolt",
  title: "Bolt",
  source: "https://bolt.eu",
  applications: [
    {
      name: "bolt",
      title: "Bolt",
      category: "travel",
      hosts: ["bolt.eu", "taxify.eu"],
    },
  ],
});
