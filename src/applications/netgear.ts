import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netgear",
  title: "NETGEAR",
  source: "https://www.netgear.com",
  applications: [
    {
      name: "netgear",
      title: "NETGEAR",
      category: "iot",
      hosts: ["netgear.com", "routerlogin.net", "orbilogin.com"],
    },
    {
      name: "arlo",
      title: "Arlo",
      category: "iot",
      source: "https://www.arlo.com",
      hosts: ["arlo.com", "myarlo.com"],
    },
  ],
});
