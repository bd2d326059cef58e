import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bloomberg",
  title: "Bloomberg",
  source: "https://www.bloomberg.com",
  applications: [
    {
      name: "bloomberg",
      title: "Bloomberg",
      category: "finance",
      hosts: [
        "bloomberg.com",
        "bloomberg.net",
        "bwbx.io",
        "bbthat.com",
        "blpprofessional.com",
        "bloombergtv.com",
      ],
    },
  ],
});
