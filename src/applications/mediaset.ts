import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mediaset",
  title: "Mediaset",
  source: "https://mediasetinfinity.mediaset.it",
  applications: [
    {
      name: "mediaset",
      title: "Mediaset",
      category: "video",
      hosts: ["mediaset.it", "mediaset.net"],
    },
  ],
});
