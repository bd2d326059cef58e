import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "scribd",
  title: "Scribd",
  source: "https://www.scribd.com",
  applications: [
    {
      name: "scribd",
      title: "Scribd",
      category: "education",
      hosts: ["scribd.com", "scribdassets.com", "slideshare.net", "slidesharecdn.com"],
    },
  ],
});
