import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "brother",
  title: "Brother",
  source: "https://www.brother.com",
  applications: [
    {
      name: "brother",
      title: "Brother",
      category: "iot",
      hosts: ["brother.com"],
    },
  ],
});
