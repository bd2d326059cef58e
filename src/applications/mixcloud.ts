import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mixcloud",
  title: "Mixcloud",
  source: "https://www.mixcloud.com",
  applications: [
    {
      name: "mixcloud",
      title: "Mixcloud",
      category: "music",
      hosts: ["mixcloud.com"],
    },
  ],
});
