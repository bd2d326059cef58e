import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bumble",
  title: "Bumble",
  source: "https://bumble.com",
  applications: [
    {
      name: "badoo",
      title: "Badoo",
      category: "social",
      source: "https://badoo.com",
      hosts: ["badoo.com", "badoocdn.com", "badoo.app"],
    },
    {
      name: "bumble",
      title: "Bumble",
      category: "social",
      hosts: ["bumble.com"],
    },
  ],
});
