import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sync-com",
  title: "Sync",
  source: "https://www.sync.com",
  applications: [
    {
      name: "sync-com",
      title: "Sync.com",
      category: "storage",
      hosts: ["sync.com"],
    },
  ],
});
