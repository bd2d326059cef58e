import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "fox",
  title: "Fox",
  source: "https://www.fox.com",
  applications: [
    {
      name: "fox",
      title: "Fox",
      category: "video",
      hosts: ["fox.com", "foxnews.com", "foxsports.com", "foxbusiness.com", "foxdcg.com"],
    },
    {
      name: "tubi",
      title: "Tubi",
      category: "video",
      source: "https://tubitv.com",
      hosts: ["tubitv.com", "tubi.tv", "tubi.io"],
    },
  ],
});
