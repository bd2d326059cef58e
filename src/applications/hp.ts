import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hp",
  title: "HP",
  source: "https://www.hp.com",
  applications: [
    {
      name: "hp",
      title: "HP",
      category: "iot",
      hosts: ["hp.com", "hpsmart.com", "hpconnected.com", "hpeprint.com"],
    },
  ],
});
