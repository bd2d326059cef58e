import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "grab",
  title: "Grab",
  source: "https://www.grab.com",
  applications: [
    {
      name: "grab",
      title: "Grab",
      category: "travel",
      hosts: ["grab.com", "grabtaxi.com"],
    },
  ],
});
