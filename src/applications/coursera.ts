import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "coursera",
  title: "Coursera",
  source: "https://www.coursera.org",
  applications: [
    {
      name: "coursera",
      title: "Coursera",
      category: "education",
      hosts: ["coursera.org"],
    },
  ],
});
