import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "qobuz",
  title: "Qobuz",
  source: "https://www.qobuz.com",
  applications: [
    {
      name: "qobuz",
      title: "Qobuz",
      category: "music",
      hosts: ["qobuz.com"],
    },
  ],
});
