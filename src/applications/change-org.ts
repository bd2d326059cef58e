import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "change-org",
  title: "Change.org",
  source: "https://www.change.org",
  applications: [
    {
      name: "change-org",
      title: "Change.org",
      category: "web",
      hosts: ["change.org"],
    },
  ],
});
