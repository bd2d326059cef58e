import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "directv",
  title: "DIRECTV",
  source: "https://www.directv.com",
  applications: [
    {
      name: "directv",
      title: "DIRECTV",
      category: "video",
      hosts: ["directv.com", "dtvcdn.com", "directvnow.com", "dtvce.com"],
    },
  ],
});
