import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "braze",
  title: "Braze",
  source: "https://www.braze.com",
  applications: [
    {
      name: "braze",
      title: "Braze",
      category: "messaging",
      hosts: ["braze.com", "braze.eu", "appboy.com", "appboy-images.com"],
    },
  ],
});
