import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lantern",
  title: "Lantern",
  source: "https://lantern.io",
  applications: [
    {
      name: "lantern",
      title: "Lantern",
      category: "vpn",
      hosts: ["lantern.io", "getlantern.org"],
    },
  ],
});
