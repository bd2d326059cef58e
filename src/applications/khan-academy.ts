import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "khan-academy",
  title: "Khan Academy",
  source: "https://www.khanacademy.org",
  applications: [
    {
      name: "khan-academy",
      title: "Khan Academy",
      category: "education",
      hosts: ["khanacademy.org", "kastatic.org", "kasandbox.org"],
    },
  ],
});
