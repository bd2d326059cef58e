import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "innersloth",
  title: "Innersloth",
  source: "https://www.innersloth.com",
  applications: [
    {
      name: "among-us",
      title: "Among Us",
      category: "gaming",
      hosts: ["innersloth.com"],
    },
  ],
});
