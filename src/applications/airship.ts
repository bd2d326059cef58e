import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "airship",
  title: "Airship",
  source: "https://www.airship.com",
  applications: [
    {
      name: "airship",
      title: "Airship",
      category: "messaging",
      hosts: ["urbanairship.com", "airship.com", "asnapieu.com"],
    },
  ],
});
