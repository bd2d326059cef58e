import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gaijin",
  title: "Gaijin Entertainment",
  source: "https://gaijin.net",
  applications: [
    {
      name: "gaijin-entertainment",
      title: "Gaijin Entertainment",
      category: "gaming",
      hosts: [
        "gaijin.net",
        "gaijinent.com",
        "warthunder.com",
        "gjcdn.net",
        "crossout.net",
        "enlisted.net",
      ],
    },
  ],
});
