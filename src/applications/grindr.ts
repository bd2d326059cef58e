import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "grindr",
  title: "Grindr",
  source: "https://www.grindr.com",
  applications: [
    {
      name: "grindr",
      title: "Grindr",
      category: "social",
      hosts: ["grindr.com", "grindr.mobi"],
    },
  ],
});
