import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "indeed",
  title: "Indeed",
  source: "https://www.indeed.com",
  applications: [
    {
      name: "indeed",
      title: "Indeed",
      category: "web",
      hosts: ["indeed.com", "glassdoor.com"],
    },
  ],
});
