import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kraken",
  title: "Kraken",
  source: "https://www.kraken.com",
  applications: [
    {
      name: "kraken",
      title: "Kraken",
      category: "cryptocurrency",
      hosts: ["kraken.com"],
    },
  ],
});
