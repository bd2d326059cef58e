import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "homebrew",
  title: "Homebrew",
  source: "https://brew.sh",
  applications: [
    {
      name: "homebrew",
      title: "Homebrew",
      category: "developer",
      hosts: ["brew.sh"],
    },
  ],
});
