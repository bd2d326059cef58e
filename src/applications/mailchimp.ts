import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mailchimp",
  title: "Intuit Mailchimp",
  source: "https://mailchimp.com",
  applications: [
    {
      name: "mailchimp",
      title: "Mailchimp",
      category: "mail",
      hosts: [
        "mailchimp.com",
        "list-manage.com",
        "mcusercontent.com",
        "mandrillapp.com",
        "chimpstatic.com",
      ],
    },
  ],
});
