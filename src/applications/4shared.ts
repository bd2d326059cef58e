import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "4shared",
  title: "4shared",
  source: "https://www.4shared.com",
  applications: [
    {
      name: "4shared",
      title: "4shared",
      category: "storage",
      hosts: ["4shared.com"],
    },
  ],
});
