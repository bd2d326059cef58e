import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "truphone",
  title: "1GLOBAL",
  source: "https://www.1global.com",
  applications: [
    {
      name: "truphone",
      title: "Truphone",
      category: "voip",
      hosts: ["truphone.com", "1global.com"],
    },
  ],
});
