import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "golang",
  title: "Go",
  source: "https://go.dev",
  applications: [
    {
      name: "golang",
      title: "Go",
      category: "developer",
      hosts: ["go.dev", "golang.org"],
    },
  ],
});
