import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "anthology",
  title: "Anthology",
  source: "https://www.blackboard.com",
  applications: [
    {
      name: "blackboard",
      title: "Blackboard",
      category: "education",
      hosts: ["blackboard.com", "bbcollab.com"],
    },
  ],
});
