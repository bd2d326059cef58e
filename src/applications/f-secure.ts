import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "f-secure",
  title: "F-Secure and WithSecure",
  source: "https://www.f-secure.com",
  applications: [
    {
      name: "f-secure",
      title: "F-Secure",
      category: "security",
      hosts: ["f-secure.com", "fsapi.com", "withsecure.com"],
    },
  ],
});
