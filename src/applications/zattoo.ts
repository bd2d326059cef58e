import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zattoo",
  title: "Zattoo",
  source: "https://zattoo.com",
  applications: [
    {
      name: "zattoo",
      title: "Zattoo",
      category: "video",
      hosts: ["zattoo.com", "zahs.tv"],
    },
  ],
});
