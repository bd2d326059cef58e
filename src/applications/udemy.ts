import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "udemy",
  title: "Udemy",
  source: "https://www.udemy.com",
  applications: [
    {
      name: "udemy",
      title: "Udemy",
      category: "education",
      hosts: ["udemy.com", "udemycdn.com"],
    },
  ],
});
