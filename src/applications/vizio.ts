import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vizio",
  title: "VIZIO",
  source: "https://www.vizio.com",
  applications: [
    {
      name: "vizio",
      title: "VIZIO",
      category: "iot",
      hosts: ["vizio.com", "vizios.com", "inscape.tv"],
    },
  ],
});
