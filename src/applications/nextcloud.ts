import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nextcloud",
  title: "Nextcloud",
  source: "https://nextcloud.com",
  applications: [
    {
      name: "nextcloud",
      title: "Nextcloud",
      category: "storage",
      hosts: ["nextcloud.com"],
    },
  ],
});
