import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "edx",
  title: "edX",
  source: "https://www.edx.org",
  applications: [
    {
      name: "edx",
      title: "edX",
      category: "education",
      hosts: ["edx.org"],
    },
  ],
});
