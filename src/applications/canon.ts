import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "canon",
  title: "Canon",
  source: "https://www.canon.com",
  applications: [
    {
      name: "canon",
      title: "Canon",
      category: "iot",
      hosts: ["canon.com", "canon-europe.com", "canon.jp"],
    },
  ],
});
