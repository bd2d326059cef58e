import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netskope",
  title: "Netskope",
  source: "https://docs.netskope.com",
  applications: [
    {
      name: "netskope",
      title: "Netskope",
      category: "security",
      hosts: ["netskope.com", "goskope.com"],
    },
  ],
});
