import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "splashtop",
  title: "Splashtop",
  source: "https://support-splashtopbusiness.splashtop.com",
  applications: [
    {
      name: "splashtop",
      title: "Splashtop",
      category: "remote-access",
      hosts: ["splashtop.com", "splashtop.eu"],
    },
  ],
});
