import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sophos",
  title: "Sophos",
  source:
    "https://docs.sophos.com/central/customer/help/en-us/PeopleAndDevices/ProtectDevices/DomainsPorts/",
  applications: [
    {
      name: "sophos",
      title: "Sophos",
      category: "security",
      hosts: ["sophos.com", "sophosxl.net", "sophosupd.com", "sophosupd.net", "hitmanpro.com"],
    },
  ],
});
