import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mega",
  title: "MEGA",
  source: "https://mega.io",
  applications: [
    {
      name: "mega",
      title: "MEGA",
      category: "storage",
      hosts: ["mega.nz", "mega.io", "mega.co.nz"],
    },
  ],
});
