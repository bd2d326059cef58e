import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "openx",
  title: "OpenX",
  source: "https://www.openx.com",
  applications: [
    {
      name: "openx",
      title: "OpenX",
      category: "advertising",
      hosts: ["openx.net", "openx.com", "servedbyopenx.com"],
    },
  ],
});
