import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "liftoff",
  title: "Liftoff",
  source: "https://liftoff.io",
  applications: [
    {
      name: "liftoff",
      title: "Liftoff",
      category: "advertising",
      hosts: ["liftoff.io", "vungle.com"],
    },
  ],
});
