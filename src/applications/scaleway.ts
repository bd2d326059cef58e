import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "scaleway",
  title: "Scaleway",
  source: "https://www.scaleway.com",
  applications: [
    {
      name: "scaleway",
      title: "Scaleway",
      category: "cloud",
      shared: true,
      hosts: ["scaleway.com", "scw.cloud", "online.net"],
    },
  ],
});
