import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "amd",
  title: "AMD",
  source: "https://www.amd.com",
  applications: [
    {
      name: "amd",
      title: "AMD",
      category: "web",
      hosts: ["amd.com"],
    },
  ],
});
