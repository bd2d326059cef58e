import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "netlify",
  title: "Netlify",
  source: "https://www.netlify.com",
  applications: [
    {
      name: "netlify",
      title: "Netlify",
      category: "cloud",
      shared: true,
      hosts: ["netlify.com", "netlify.app", "netlifyusercontent.com"],
    },
  ],
});
