import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "realvnc",
  title: "RealVNC",
  source: "https://help.realvnc.com",
  applications: [
    {
      name: "realvnc",
      title: "RealVNC",
      category: "remote-access",
      hosts: ["realvnc.com"],
    },
  ],
});
