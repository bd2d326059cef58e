import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bethesda",
  title: "Bethesda",
  source: "https://bethesda.net",
  applications: [
    {
      name: "bethesda",
      title: "Bethesda",
      category: "gaming",
      hosts: ["bethesda.net", "bethsoft.com"],
    },
    {
      name: "tes-online",
      title: "The Elder Scrolls Online",
      category: "gaming",
      source: "https://www.elderscrollsonline.com",
      hosts: ["elderscrollsonline.com", "zenimaxonline.com"],
    },
  ],
});
