import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "w3c",
  title: "W3C",
  source: "https://www.w3.org",
  applications: [
    {
      name: "w3c",
      title: "W3C",
      category: "developer",
      hosts: ["w3.org"],
    },
  ],
});
