import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "startpage",
  title: "Startpage",
  source: "https://www.startpage.com",
  applications: [
    {
      name: "startpage",
      title: "Startpage",
      category: "search",
      hosts: ["startpage.com"],
    },
  ],
});
