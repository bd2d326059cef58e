import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "packagist",
  title: "Packagist",
  source: "https://packagist.org",
  applications: [
    {
      name: "packagist",
      title: "Packagist",
      category: "developer",
      hosts: ["packagist.org", "getcomposer.org"],
    },
  ],
});
