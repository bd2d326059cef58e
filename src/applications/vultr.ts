import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vultr",
  title: "Vultr",
  source: "https://www.vultr.com",
  applications: [
    {
      name: "vultr",
      title: "Vultr",
      category: "cloud",
      shared: true,
      hosts: ["vultr.com", "vultrobjects.com", "vultrusercontent.com", "choopa.net"],
    },
  ],
});
