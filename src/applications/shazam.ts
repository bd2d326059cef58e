import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "shazam",
  title: "Shazam",
  source: "https://www.shazam.com",
  applications: [
    {
      name: "shazam",
      title: "Shazam",
      category: "music",
      hosts: ["shazam.com"],
    },
  ],
});
