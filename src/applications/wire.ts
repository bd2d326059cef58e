import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wire",
  title: "Wire",
  source: "https://docs.wire.com",
  applications: [
    {
      name: "wire",
      title: "Wire",
      category: "messaging",
      hosts: ["wire.com", "zinfra.io", "wire.link"],
    },
  ],
});
