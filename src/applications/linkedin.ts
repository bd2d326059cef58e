import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "linkedin",
  title: "LinkedIn",
  source: "https://www.linkedin.com",
  applications: [
    {
      name: "linkedin",
      title: "LinkedIn",
      category: "social",
      hosts: ["linkedin.com", "licdn.com", "lnkd.in", "linkedin.cn"],
    },
  ],
});
