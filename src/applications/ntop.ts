import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ntop",
  title: "ntop",
  source: "https://www.ntop.org",
  applications: [
    {
      name: "ntop",
      title: "ntop",
      category: "developer",
      hosts: ["ntop.org"],
    },
  ],
});
