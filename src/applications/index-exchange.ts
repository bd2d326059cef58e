import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "index-exchange",
  title: "Index Exchange",
  source: "https://www.indexexchange.com",
  applications: [
    {
      name: "index-exchange",
      title: "Index Exchange",
      category: "advertising",
      hosts: ["casalemedia.com", "indexww.com"],
    },
  ],
});
