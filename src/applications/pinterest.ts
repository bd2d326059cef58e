import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pinterest",
  title: "Pinterest",
  source: "https://www.pinterest.com",
  applications: [
    {
      name: "pinterest",
      title: "Pinterest",
      category: "social",
      hosts: [
        "pinterest.com",
        "pinimg.com",
        "pin.it",
        "pinterest.co.uk",
        "pinterest.de",
        "pinterest.fr",
        "pinterest.ca",
        "pinterest.es",
        "pinterest.it",
        "pinterest.jp",
      ],
    },
  ],
});
