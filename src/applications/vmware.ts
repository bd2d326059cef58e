import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vmware",
  title: "VMware",
  source: "https://www.vmware.com",
  applications: [
    {
      name: "vmware",
      title: "VMware",
      category: "cloud",
      hosts: [
        "vmware.com",
        "vmwareidentity.com",
        "awmdm.com",
        "air-watch.com",
        "vmwarehorizon.com",
      ],
    },
  ],
});
