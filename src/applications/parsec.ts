import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "parsec",
  title: "Parsec",
  source: "https://support.parsec.app",
  applications: [
    {
      name: "parsec",
      title: "Parsec",
      category: "remote-access",
      hosts: ["parsec.app", "parsecgaming.com", "parsecusercontent.com"],
    },
  ],
});
