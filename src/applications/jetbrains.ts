import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "jetbrains",
  title: "JetBrains",
  source: "https://www.jetbrains.com",
  applications: [
    {
      name: "jetbrains",
      title: "JetBrains",
      category: "developer",
      hosts: ["jetbrains.com", "jetbrains.team", "jetbrains.space", "jb.gg"],
    },
  ],
});
