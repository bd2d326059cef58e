import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dell",
  title: "Dell",
  source: "https://www.dell.com",
  applications: [
    {
      name: "dell",
      title: "Dell",
      category: "web",
      hosts: ["dell.com", "delltechnologies.com", "emc.com"],
    },
  ],
});
