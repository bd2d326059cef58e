import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "napster",
  title: "Napster",
  source: "https://www.napster.com",
  applications: [
    {
      name: "napster",
      title: "Napster",
      category: "music",
      hosts: ["napster.com", "rhapsody.com"],
    },
  ],
});
