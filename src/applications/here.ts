import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "here",
  title: "HERE",
  source: "https://www.here.com",
  applications: [
    {
      name: "here",
      title: "HERE",
      category: "maps",
      hosts: ["here.com", "hereapi.com"],
    },
  ],
});
