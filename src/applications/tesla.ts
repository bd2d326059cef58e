import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tesla",
  title: "Tesla",
  source: "https://www.tesla.com",
  applications: [
    {
      name: "tesla-services",
      title: "Tesla",
      category: "iot",
      hosts: ["tesla.com", "teslamotors.com", "tesla.services", "tesla.cn"],
    },
  ],
});
