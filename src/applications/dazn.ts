import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dazn",
  title: "DAZN",
  source: "https://www.dazn.com",
  applications: [
    {
      name: "dazn",
      title: "DAZN",
      category: "video",
      hosts: ["dazn.com", "dazndn.com", "daznservices.com", "indazn.com", "dazn-api.com"],
    },
  ],
});
