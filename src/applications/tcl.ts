import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tcl",
  title: "TCL",
  source: "https://www.tcl.com",
  applications: [
    {
      name: "tcl",
      title: "TCL",
      category: "iot",
      hosts: ["tcl.com"],
    },
  ],
});
