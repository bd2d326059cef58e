import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "godaddy",
  title: "GoDaddy",
  source: "https://www.godaddy.com",
  applications: [
    {
      name: "godaddy",
      title: "GoDaddy",
      category: "cloud",
      shared: true,
      hosts: ["godaddy.com", "secureserver.net", "wsimg.com", "godaddysites.com", "afternic.com"],
    },
  ],
});
