import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "shein",
  title: "SHEIN",
  source: "https://www.shein.com",
  applications: [
    {
      name: "shein",
      title: "SHEIN",
      category: "shopping",
      hosts: [
        "shein.com",
        "shein.co.uk",
        "sheingroup.com",
        "ltwebstatic.com",
        "sheincorp.com",
        "shein.se",
      ],
    },
  ],
});
