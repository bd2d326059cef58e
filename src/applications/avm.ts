import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "avm",
  title: "FRITZ!",
  source: "https://fritz.com",
  applications: [
    {
      name: "fritz",
      title: "FRITZ!Box",
      category: "iot",
      hosts: ["avm.de", "myfritz.net", "fritz.box", "fritz.com"],
    },
  ],
});
