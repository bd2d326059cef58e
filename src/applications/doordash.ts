import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "doordash",
  title: "DoorDash",
  source: "https://www.doordash.com",
  applications: [
    {
      name: "doordash",
      title: "DoorDash",
      category: "shopping",
      hosts: ["doordash.com", "cdn4dd.com", "wolt.com"],
    },
  ],
});
