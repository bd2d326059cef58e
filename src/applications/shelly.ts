import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "shelly",
  title: "Shelly",
  source: "https://www.shelly.com",
  applications: [
    {
      name: "shelly",
      title: "Shelly",
      category: "iot",
      hosts: ["shelly.cloud", "shelly.com"],
    },
  ],
});
