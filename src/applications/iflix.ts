import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "iflix",
  title: "iflix",
  source: "https://www.iflix.com",
  applications: [
    {
      name: "iflix",
      title: "iflix",
      category: "video",
      hosts: ["iflix.com", "iflix.io"],
    },
  ],
});
