import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "moodle",
  title: "Moodle",
  source: "https://moodle.org",
  applications: [
    {
      name: "moodle",
      title: "Moodle",
      category: "education",
      hosts: ["moodle.org", "moodlecloud.com", "moodle.com"],
    },
  ],
});
