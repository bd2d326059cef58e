import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hetzner",
  title: "Hetzner",
  source: "https://www.hetzner.com",
  applications: [
    {
      name: "hetzner",
      title: "Hetzner",
      category: "cloud",
      shared: true,
      hosts: [
        "hetzner.com",
        "hetzner.de",
        "hetzner.cloud",
        "your-server.de",
        "your-storagebox.de",
        "your-objectstorage.com",
      ],
    },
  ],
});
