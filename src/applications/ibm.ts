import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ibm",
  title: "IBM",
  source: "https://www.ibm.com",
  applications: [
    {
      name: "ibm",
      title: "IBM",
      category: "cloud",
      hosts: [
        "ibm.com",
        "ibmcloud.com",
        "softlayer.com",
        "softlayer.net",
        "bluemix.net",
        "appdomain.cloud",
        "ibm.net",
      ],
    },
    {
      name: "quad9",
      title: "Quad9",
      category: "dns",
      source:
        "https://www.quad9.net/service/service-addresses-and-features/; addresses: AS19281 in the RADB and the regional registries",
      hosts: ["quad9.net", "quad9.org"],
      addresses: ["9.9.9.0/24", "149.112.112.0/24", "2620:fe::/48"],
    },
  ],
});
