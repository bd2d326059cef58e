import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "match-group",
  title: "Match Group",
  source: "https://mtch.com",
  applications: [
    {
      name: "tinder",
      title: "Tinder",
      category: "social",
      source: "https://tinder.com",
      hosts: ["tinder.com", "gotinder.com", "tindersparks.com"],
    },
    {
      name: "okcupid",
      title: "OkCupid",
      category: "social",
      source: "https://www.okcupid.com",
      hosts: ["okcupid.com", "okccdn.com"],
    },
    {
      name: "hinge",
      title: "Hinge",
      category: "social",
      source: "https://hinge.co",
      hosts: ["hinge.co"],
    },
  ],
});
