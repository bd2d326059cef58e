import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "qwant",
  title: "Qwant",
  source: "https://www.qwant.com",
  applications: [
    {
      name: "qwant",
      title: "Qwant",
      category: "search",
      hosts: ["qwant.com"],
    },
  ],
});
