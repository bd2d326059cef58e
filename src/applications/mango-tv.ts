import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mango-tv",
  title: "Mango TV",
  source: "https://www.mgtv.com",
  applications: [
    {
      name: "mango-tv",
      title: "Mango TV",
      category: "video",
      hosts: ["mgtv.com", "hunantv.com", "hitv.com"],
    },
  ],
});
