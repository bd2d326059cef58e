import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dns0",
  title: "dns0.eu",
  source: "https://www.dns0.eu",
  applications: [
    {
      name: "dns0",
      title: "dns0.eu",
      category: "dns",
      hosts: ["dns0.eu"],
    },
  ],
});
