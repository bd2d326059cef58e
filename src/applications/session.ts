import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "session",
  title: "Session",
  source: "https://getsession.org",
  applications: [
    {
      name: "session",
      title: "Session",
      category: "messaging",
      hosts: ["getsession.org", "oxen.io"],
    },
  ],
});
