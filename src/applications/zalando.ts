import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zalando",
  title: "Zalando",
  source: "https://www.zalando.com",
  applications: [
    {
      name: "zalando",
      title: "Zalando",
      category: "shopping",
      hosts: [
        "zalando.com",
        "zalando.de",
        "zalando.it",
        "zalando.fr",
        "zalando.nl",
        "zalando.co.uk",
        "zalando.es",
        "ztat.net",
        "zalan.do",
      ],
    },
  ],
});
