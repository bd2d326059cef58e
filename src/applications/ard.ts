import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ard",
  title: "ARD and ZDF",
  source: "https://www.ard.de",
  applications: [
    {
      name: "ard",
      title: "ARD",
      category: "video",
      source: "https://www.ardmediathek.de",
      hosts: ["ardmediathek.de", "ard.de", "tagesschau.de", "daserste.de"],
    },
    {
      name: "zdf",
      title: "ZDF",
      category: "video",
      source: "https://www.zdf.de",
      hosts: ["zdf.de"],
    },
  ],
});
