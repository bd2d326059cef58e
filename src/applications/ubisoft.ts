import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ubisoft",
  title: "Ubisoft",
  source: "https://www.ubisoft.com",
  applications: [
    {
      name: "ubisoft",
      title: "Ubisoft",
      category: "gaming",
      hosts: [
        "ubisoft.com",
        "ubi.com",
        "ubisoftconnect.com",
        "uplay.com",
        "ubisoft.org",
        "ubistatic-a.akamaihd.net",
      ],
    },
  ],
});
