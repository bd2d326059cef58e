import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "cd-projekt",
  title: "CD PROJEKT",
  source: "https://www.cdprojekt.com",
  applications: [
    {
      name: "cd-projekt",
      title: "CD PROJEKT",
      category: "gaming",
      hosts: [
        "cdprojektred.com",
        "cdprojekt.com",
        "cyberpunk.net",
        "thewitcher.com",
        "playgwent.com",
      ],
    },
  ],
});
