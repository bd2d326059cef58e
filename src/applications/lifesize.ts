import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lifesize",
  title: "Lifesize",
  source: "https://www.lifesize.com",
  applications: [
    {
      name: "lifesize",
      title: "Lifesize",
      category: "meeting",
      hosts: ["lifesize.com", "lifesizecloud.com"],
    },
  ],
});
