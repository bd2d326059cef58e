import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mailgun",
  title: "Mailgun",
  source: "https://www.mailgun.com",
  applications: [
    {
      name: "mailgun",
      title: "Mailgun",
      category: "mail",
      hosts: ["mailgun.com", "mailgun.net", "mailgun.org"],
    },
  ],
});
