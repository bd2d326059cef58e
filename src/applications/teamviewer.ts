import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "teamviewer",
  title: "TeamViewer",
  source:
    "https://www.teamviewer.com/en/global/support/knowledge-base/teamviewer-classic/troubleshooting/ports-used-by-teamviewer/",
  applications: [
    {
      name: "teamviewer",
      title: "TeamViewer",
      category: "remote-access",
      hosts: [
        "teamviewer.com",
        "teamviewer.net",
        "dyngate.com",
        "teamviewer.us",
        "teamviewer.eu",
        "teamviewer.cn",
      ],
    },
  ],
});
