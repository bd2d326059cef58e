import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "peloton",
  title: "Peloton",
  source: "https://www.onepeloton.com",
  applications: [
    {
      name: "peloton",
      title: "Peloton",
      category: "iot",
      hosts: ["onepeloton.com", "pelotoncycle.com"],
    },
  ],
});
