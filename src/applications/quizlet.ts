import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "quizlet",
  title: "Quizlet",
  source: "https://quizlet.com",
  applications: [
    {
      name: "quizlet",
      title: "Quizlet",
      category: "education",
      hosts: ["quizlet.com"],
    },
  ],
});
