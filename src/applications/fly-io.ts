import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "fly-io",
  title: "Fly.io",
  source: "https://fly.io",
  applications: [
    {
      name: "fly-io",
      title: "Fly.io",
      category: "cloud",
      shared: true,
      hosts: ["fly.io", "fly.dev"],
    },
  ],
});
