import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "render",
  title: "Render",
  source: "https://render.com",
  applications: [
    {
      name: "render",
      title: "Render",
      category: "cloud",
      shared: true,
      hosts: ["render.com", "onrender.com"],
    },
  ],
});
