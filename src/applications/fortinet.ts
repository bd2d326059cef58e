import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "fortinet",
  title: "Fortinet",
  source: "https://docs.fortinet.com/document/fortigate/7.4.0/fortios-ports",
  applications: [
    {
      name: "fortinet",
      title: "Fortinet",
      category: "security",
      hosts: [
        "fortinet.com",
        "fortinet.net",
        "fortiguard.com",
        "fortiguard.net",
        "forticloud.com",
        "fortisase.com",
      ],
    },
    {
      name: "forticlient",
      title: "FortiClient",
      category: "vpn",
      source: "https://www.fortinet.com/support/product-downloads",
      hosts: ["forticlient.com", "forticlient.net"],
    },
  ],
});
