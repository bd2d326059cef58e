import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ovh",
  title: "OVHcloud",
  source: "https://www.ovhcloud.com",
  applications: [
    {
      name: "ovh",
      title: "OVHcloud",
      category: "cloud",
      shared: true,
      hosts: [
        "ovh.com",
        "ovh.net",
        "ovhcloud.com",
        "ovh.ca",
        "ovh.fr",
        "soyoustart.com",
        "kimsufi.com",
      ],
    },
  ],
});
