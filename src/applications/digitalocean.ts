import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "digitalocean",
  title: "DigitalOcean",
  source: "https://www.digitalocean.com",
  applications: [
    {
      name: "digitalocean",
      title: "DigitalOcean",
      category: "cloud",
      shared: true,
      hosts: ["digitalocean.com", "digitaloceanspaces.com", "ondigitalocean.app"],
    },
  ],
});
