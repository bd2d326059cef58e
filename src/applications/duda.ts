import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "duda",
  title: "Duda",
  source: "https://www.duda.co",
  applications: [
    {
      name: "duda",
      title: "Duda",
      category: "web",
      shared: true,
      hosts: ["duda.co", "multiscreensite.com"],
    },
  ],
});
