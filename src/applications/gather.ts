import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gather",
  title: "Gather",
  source: "https://www.gather.town",
  applications: [
    {
      name: "gather",
      title: "Gather",
      category: "meeting",
      hosts: ["gather.town"],
    },
  ],
});
