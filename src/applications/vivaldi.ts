import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vivaldi",
  title: "Vivaldi",
  source: "https://vivaldi.com",
  applications: [
    {
      name: "vivaldi",
      title: "Vivaldi",
      category: "web",
      hosts: ["vivaldi.com", "vivaldi.net"],
    },
  ],
});
