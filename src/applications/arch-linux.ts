import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "arch-linux",
  title: "Arch Linux",
  source: "https://archlinux.org",
  applications: [
    {
      name: "arch-linux",
      title: "Arch Linux",
      category: "update",
      hosts: ["archlinux.org"],
    },
  ],
});
