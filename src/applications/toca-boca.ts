import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "toca-boca",
  title: "Toca Boca",
  source: "https://tocaboca.com",
  applications: [
    {
      name: "toca-boca",
      title: "Toca Boca",
      category: "gaming",
      hosts: ["tocaboca.com", "tocalife.com"],
    },
  ],
});
