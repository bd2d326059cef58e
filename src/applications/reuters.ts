import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "reuters",
  title: "Reuters",
  source: "https://www.reuters.com",
  applications: [
    {
      name: "reuters",
      title: "Reuters",
      category: "news",
      hosts: ["reuters.com", "thomsonreuters.com", "reutersmedia.net"],
    },
  ],
});
