import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "anaconda",
  title: "Anaconda",
  source: "https://www.anaconda.com",
  applications: [
    {
      name: "anaconda",
      title: "Anaconda",
      category: "developer",
      hosts: ["anaconda.com", "anaconda.org", "conda.io", "continuum.io"],
    },
  ],
});
