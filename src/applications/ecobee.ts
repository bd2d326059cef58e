import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ecobee",
  title: "ecobee",
  source: "https://www.ecobee.com",
  applications: [
    {
      name: "ecobee",
      title: "ecobee",
      category: "iot",
      hosts: ["ecobee.com"],
    },
  ],
});
