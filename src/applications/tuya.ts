import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tuya",
  title: "Tuya",
  source: "https://developer.tuya.com",
  applications: [
    {
      name: "tuya",
      title: "Tuya",
      category: "iot",
      hosts: ["tuya.com", "tuyaus.com", "tuyaeu.com", "tuyacn.com", "tuyain.com", "iotbing.com"],
    },
  ],
});
