import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "inmobi",
  title: "InMobi",
  source: "https://www.inmobi.com",
  applications: [
    {
      name: "inmobi",
      title: "InMobi",
      category: "advertising",
      hosts: ["inmobi.com", "inmobicdn.net"],
    },
  ],
});
