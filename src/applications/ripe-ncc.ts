import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ripe-ncc",
  title: "RIPE NCC",
  source: "https://atlas.ripe.net/docs/",
  applications: [
    {
      name: "ripe-atlas",
      title: "RIPE Atlas",
      category: "developer",
      hosts: ["atlas.ripe.net"],
    },
    {
      name: "ripe-ncc",
      title: "RIPE NCC",
      category: "web",
      source: "https://www.ripe.net",
      hosts: ["ripe.net"],
    },
  ],
});
