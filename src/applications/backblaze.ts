import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "backblaze",
  title: "Backblaze",
  source: "https://www.backblaze.com",
  applications: [
    {
      name: "backblaze",
      title: "Backblaze",
      category: "storage",
      hosts: ["backblaze.com", "backblazeb2.com"],
    },
  ],
});
