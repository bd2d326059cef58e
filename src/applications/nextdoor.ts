import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nextdoor",
  title: "Nextdoor",
  source: "https://nextdoor.com",
  applications: [
    {
      name: "nextdoor",
      title: "Nextdoor",
      category: "social",
      hosts: ["nextdoor.com"],
    },
  ],
});
