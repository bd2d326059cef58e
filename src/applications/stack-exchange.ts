import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "stack-exchange",
  title: "Stack Exchange",
  source: "https://stackexchange.com/sites",
  applications: [
    {
      name: "stackoverflow",
      title: "Stack Overflow",
      category: "developer",
      hosts: [
        "stackoverflow.com",
        "stackexchange.com",
        "sstatic.net",
        "superuser.com",
        "serverfault.com",
        "askubuntu.com",
        "mathoverflow.net",
        "stackapps.com",
        "stackoverflow.blog",
        "stack.imgur.com",
      ],
    },
  ],
});
