import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bbc",
  title: "BBC",
  source: "https://www.bbc.co.uk",
  applications: [
    {
      name: "bbc",
      title: "BBC",
      category: "news",
      hosts: ["bbc.co.uk", "bbc.com", "bbci.co.uk", "bbc.net.uk", "bbcmedia.co.uk"],
    },
    {
      name: "bbc-iplayer",
      title: "BBC iPlayer",
      category: "video",
      source: "https://www.bbc.co.uk/iplayer",
      hosts: ["iplayer.bbc.co.uk", "open.live.bbc.co.uk"],
    },
  ],
});
