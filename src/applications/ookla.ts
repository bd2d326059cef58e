import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ookla",
  title: "Ookla",
  source: "https://www.ookla.com",
  applications: [
    {
      name: "ookla",
      title: "Speedtest",
      category: "web",
      source: "https://www.speedtest.net",
      hosts: [
        "speedtest.net",
        "ookla.com",
        "ooklaserver.net",
        "cellmaps.com",
        "downdetector.com",
        "ekahau.com",
      ],
    },
  ],
});
