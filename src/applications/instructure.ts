import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "instructure",
  title: "Instructure",
  source: "https://www.instructure.com",
  applications: [
    {
      name: "canvas-lms",
      title: "Canvas",
      category: "education",
      hosts: ["instructure.com", "canvaslms.com", "instructuremedia.com"],
    },
  ],
});
