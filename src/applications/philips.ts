import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "philips",
  title: "Philips",
  source: "https://www.philips.com",
  applications: [
    {
      name: "philips-hue",
      title: "Philips Hue",
      category: "iot",
      source: "https://www.philips-hue.com",
      hosts: ["philips-hue.com", "meethue.com", "huesyncbox.com"],
    },
    {
      name: "philips",
      title: "Philips",
      category: "iot",
      hosts: ["philips.com"],
    },
  ],
});
