import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "washington-post",
  title: "The Washington Post",
  source: "https://www.washingtonpost.com",
  applications: [
    {
      name: "washington-post",
      title: "The Washington Post",
      category: "news",
      hosts: ["washingtonpost.com", "wapo.st"],
    },
  ],
});
