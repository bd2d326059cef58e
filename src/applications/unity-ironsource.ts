import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "unity-ironsource",
  title: "ironSource",
  source: "https://www.is.com",
  applications: [
    {
      name: "ironsource",
      title: "ironSource",
      category: "advertising",
      hosts: ["ironsrc.com", "supersonicads.com", "supersonic.com", "ironsrc.mobi"],
    },
  ],
});
