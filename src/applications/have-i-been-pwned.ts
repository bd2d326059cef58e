import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "have-i-been-pwned",
  title: "Have I Been Pwned",
  source: "https://haveibeenpwned.com",
  applications: [
    {
      name: "have-i-been-pwned",
      title: "Have I Been Pwned",
      category: "security",
      hosts: ["haveibeenpwned.com", "pwnedpasswords.com"],
    },
  ],
});
