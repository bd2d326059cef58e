import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "check-point",
  title: "Check Point",
  source: "https://support.checkpoint.com/results/sk/sk83520",
  applications: [
    {
      name: "check-point",
      title: "Check Point",
      category: "security",
      hosts: ["checkpoint.com", "zonealarm.com", "perimeter81.com"],
    },
  ],
});
