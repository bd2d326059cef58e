import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "snap",
  title: "Snap",
  source: "https://www.snapchat.com",
  applications: [
    {
      name: "snapchat",
      title: "Snapchat",
      category: "messaging",
      hosts: [
        "snapchat.com",
        "sc-cdn.net",
        "snapads.com",
        "snap.com",
        "snapkit.com",
        "sc-static.net",
        "sc-jpl.com",
        "sc-prod.net",
        "sc-gw.com",
        "snap-dev.net",
        "addlive.io",
        "bitmoji.com",
        "feelinsonice.com",
        "feelinsonice-hrd.appspot.com",
        "feelinsonice.appspot.com",
        "feelinsonice.l.google.com",
      ],
    },
  ],
});
