import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "duolingo",
  title: "Duolingo",
  source: "https://www.duolingo.com",
  applications: [
    {
      name: "duolingo",
      title: "Duolingo",
      category: "education",
      hosts: ["duolingo.com", "duolingo.cn"],
    },
  ],
});
