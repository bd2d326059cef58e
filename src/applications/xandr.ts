import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "xandr",
  title: "Xandr",
  source: "https://about.ads.microsoft.com/en/solutions/xandr",
  applications: [
    {
      name: "xandr",
      title: "Xandr",
      category: "advertising",
      hosts: ["adnxs.com", "appnexus.com", "adnxs.net", "xandr.com", "adnxs-simple.com"],
    },
  ],
});
