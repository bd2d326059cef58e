import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "private-internet-access",
  title: "Private Internet Access",
  source: "https://www.privateinternetaccess.com",
  applications: [
    {
      name: "private-internet-access",
      title: "Private Internet Access",
      category: "vpn",
      hosts: [
        "privateinternetaccess.com",
        "piaservers.net",
        "piaproxy.net",
        "privateinternetaccess.net",
      ],
    },
  ],
});
