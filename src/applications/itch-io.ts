import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "itch-io",
  title: "itch.io",
  source: "https://itch.io",
  applications: [
    {
      name: "itch-io",
      title: "itch.io",
      category: "gaming",
      hosts: ["itch.io", "itch.zone"],
    },
  ],
});
