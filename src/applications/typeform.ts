import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "typeform",
  title: "Typeform",
  source: "https://www.typeform.com",
  applications: [
    {
      name: "typeform",
      title: "Typeform",
      category: "productivity",
      hosts: ["typeform.com"],
    },
  ],
});
