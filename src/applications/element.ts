import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "element",
  title: "Element",
  source: "https://element.io",
  applications: [
    {
      name: "matrix",
      title: "Matrix",
      category: "messaging",
      source: "https://matrix.org",
      hosts: ["element.io", "matrix.org", "vector.im", "riot.im", "modular.im"],
    },
  ],
});
