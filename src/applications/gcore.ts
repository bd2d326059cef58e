import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gcore",
  title: "Gcore",
  source: "https://gcore.com",
  applications: [
    {
      name: "gcore",
      title: "Gcore",
      category: "cdn",
      shared: true,
      hosts: ["gcore.com", "gcdn.co", "gcorelabs.com", "gcorelabs.net"],
    },
  ],
});
