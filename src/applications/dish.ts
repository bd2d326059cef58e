import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dish",
  title: "DISH",
  source: "https://www.dish.com",
  applications: [
    {
      name: "sling",
      title: "Sling TV",
      category: "video",
      source: "https://www.sling.com",
      hosts: ["sling.com", "movetv.com"],
    },
    {
      name: "dish",
      title: "DISH",
      category: "video",
      hosts: ["dish.com", "dishanywhere.com"],
    },
  ],
});
