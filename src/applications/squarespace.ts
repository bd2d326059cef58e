import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "squarespace",
  title: "Squarespace",
  source: "https://www.squarespace.com",
  applications: [
    {
      name: "squarespace",
      title: "Squarespace",
      category: "web",
      shared: true,
      hosts: ["squarespace.com", "squarespace-cdn.com", "sqspcdn.com", "squarespace.net"],
    },
  ],
});
