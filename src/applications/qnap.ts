import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "qnap",
  title: "QNAP",
  source: "https://www.qnap.com",
  applications: [
    {
      name: "qnap",
      title: "QNAP",
      category: "storage",
      hosts: ["qnap.com", "myqnapcloud.com"],
    },
  ],
});
