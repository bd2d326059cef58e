import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "clubhouse",
  title: "Clubhouse",
  source: "https://www.clubhouse.com",
  applications: [
    {
      name: "clubhouse",
      title: "Clubhouse",
      category: "social",
      hosts: ["clubhouse.com", "joinclubhouse.com", "clubhouseapi.com"],
    },
  ],
});
