import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mediafire",
  title: "MediaFire",
  source: "https://www.mediafire.com",
  applications: [
    {
      name: "mediafire",
      title: "MediaFire",
      category: "storage",
      hosts: ["mediafire.com"],
    },
  ],
});
