import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "xing",
  title: "XING",
  source: "https://www.xing.com",
  applications: [
    {
      name: "xing",
      title: "XING",
      category: "social",
      hosts: ["xing.com", "xingassets.com"],
    },
  ],
});
