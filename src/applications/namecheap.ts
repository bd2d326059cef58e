import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "namecheap",
  title: "Namecheap",
  source: "https://www.namecheap.com",
  applications: [
    {
      name: "namecheap",
      title: "Namecheap",
      category: "cloud",
      shared: true,
      hosts: ["namecheap.com", "registrar-servers.com", "web-hosting.com", "privateemail.com"],
    },
  ],
});
