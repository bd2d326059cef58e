import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mikrotik",
  title: "MikroTik",
  source: "https://mikrotik.com",
  applications: [
    {
      name: "mikrotik",
      title: "MikroTik",
      category: "iot",
      hosts: ["mikrotik.com"],
    },
  ],
});
