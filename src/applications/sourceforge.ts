import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sourceforge",
  title: "SourceForge",
  source: "https://sourceforge.net",
  applications: [
    {
      name: "sourceforge",
      title: "SourceForge",
      category: "developer",
      hosts: ["sourceforge.net", "fsdn.com", "sourceforge.io", "sf.net", "slashdot.org"],
    },
  ],
});
