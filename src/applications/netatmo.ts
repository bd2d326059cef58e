import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netatmo",
  title: "Netatmo",
  source: "https://www.netatmo.com",
  applications: [
    {
      name: "netatmo",
      title: "Netatmo",
      category: "iot",
      hosts: ["netatmo.com", "netatmo.net"],
    },
  ],
});
