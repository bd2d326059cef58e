import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ninjaone",
  title: "NinjaOne",
  source: "https://www.ninjaone.com",
  applications: [
    {
      name: "ninjaone",
      title: "NinjaOne",
      category: "remote-access",
      hosts: ["ninjarmm.com", "ninjaone.com"],
    },
  ],
});
