import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "daily-mail",
  title: "Daily Mail",
  source: "https://www.dailymail.co.uk",
  applications: [
    {
      name: "daily-mail",
      title: "Daily Mail",
      category: "news",
      hosts: ["dailymail.co.uk", "dailym.ai"],
    },
  ],
});
