import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "quantcast",
  title: "Quantcast",
  source: "https://www.quantcast.com",
  applications: [
    {
      name: "quantcast",
      title: "Quantcast",
      category: "analytics",
      hosts: ["quantcast.com", "quantserve.com", "quantcount.com", "quantcast.mgr.consensu.org"],
    },
  ],
});
