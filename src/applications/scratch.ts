import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "scratch",
  title: "Scratch Foundation",
  source: "https://scratch.mit.edu",
  applications: [
    {
      name: "scratch",
      title: "Scratch",
      category: "education",
      hosts: ["scratch.mit.edu"],
    },
  ],
});
