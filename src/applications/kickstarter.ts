import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kickstarter",
  title: "Kickstarter",
  source: "https://www.kickstarter.com",
  applications: [
    {
      name: "kickstarter",
      title: "Kickstarter",
      category: "web",
      hosts: ["kickstarter.com", "ksr.io"],
    },
  ],
});
