import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dropbox",
  title: "Dropbox",
  source: "https://help.dropbox.com/accounts-billing/security/official-domains",
  applications: [
    {
      name: "dropbox",
      title: "Dropbox",
      category: "storage",
      hosts: [
        "dropbox.com",
        "dropboxapi.com",
        "dropboxusercontent.com",
        "dropboxstatic.com",
        "getdropbox.com",
        "dropbox-dns.com",
        "db.tt",
        "dropbox.tech",
        "dropboxbusiness.com",
        "dropboxcaptcha.com",
        "dropboxforum.com",
        "dropboxforums.com",
        "dropboxinsiders.com",
        "dropboxmail.com",
        "dropboxpartners.com",
        "docsend.com",
      ],
    },
  ],
});
