import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "branch",
  title: "Branch",
  source: "https://www.branch.io",
  applications: [
    {
      name: "branch",
      title: "Branch",
      category: "analytics",
      hosts: ["branch.io", "app.link"],
    },
  ],
});
