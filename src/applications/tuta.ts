import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "tuta",
  title: "Tuta",
  source: "https://tuta.com",
  applications: [
    {
      name: "tutanota",
      title: "Tuta",
      category: "mail",
      hosts: ["tuta.com", "tutanota.com", "tutanota.de", "tutao.de", "tuta.io", "tutamail.com"],
    },
  ],
});
