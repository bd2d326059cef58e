import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wasabi",
  title: "Wasabi",
  source: "https://wasabi.com",
  applications: [
    {
      name: "wasabi",
      title: "Wasabi",
      category: "storage",
      hosts: ["wasabisys.com", "wasabi.com"],
    },
  ],
});
