import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "radmin",
  title: "Famatech",
  source: "https://www.radmin.com",
  applications: [
    {
      name: "radmin",
      title: "Radmin",
      category: "remote-access",
      hosts: ["radmin.com", "radmin-vpn.com", "famatech.com"],
    },
  ],
});
