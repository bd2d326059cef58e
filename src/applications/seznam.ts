import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "seznam",
  title: "Seznam",
  source: "https://www.seznam.cz",
  applications: [
    {
      name: "seznam",
      title: "Seznam.cz",
      category: "search",
      hosts: ["seznam.cz", "szn.cz", "mapy.cz", "imedia.cz"],
    },
  ],
});
