import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tunein",
  title: "TuneIn",
  source: "https://tunein.com",
  applications: [
    {
      name: "tunein",
      title: "TuneIn",
      category: "music",
      hosts: ["tunein.com", "radiotime.com", "tuneincdn.com"],
    },
  ],
});
