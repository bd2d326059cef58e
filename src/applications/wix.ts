import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wix",
  title: "Wix",
  source: "https://www.wix.com",
  applications: [
    {
      name: "wix",
      title: "Wix",
      category: "web",
      shared: true,
      hosts: [
        "wix.com",
        "wixstatic.com",
        "wixsite.com",
        "parastorage.com",
        "wixapps.net",
        "wixmp.com",
        "editorx.io",
        "filesusr.com",
      ],
    },
    {
      name: "deviantart",
      title: "DeviantArt",
      category: "social",
      source: "https://www.deviantart.com",
      hosts: ["deviantart.com", "deviantart.net"],
    },
  ],
});
