import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "psiphon",
  title: "Psiphon",
  source: "https://psiphon.ca",
  applications: [
    {
      name: "psiphon",
      title: "Psiphon",
      category: "vpn",
      hosts: ["psiphon.ca", "psiphon3.com"],
    },
  ],
});
