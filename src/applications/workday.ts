import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "workday",
  title: "Workday",
  source: "https://www.workday.com",
  applications: [
    {
      name: "workday",
      title: "Workday",
      category: "productivity",
      hosts: ["workday.com", "myworkday.com", "myworkdayjobs.com", "workdaycdn.com"],
    },
  ],
});
