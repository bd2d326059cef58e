import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "citrix",
  title: "Citrix",
  source:
    "https://docs.citrix.com/en-us/citrix-cloud/overview/requirements/internet-connectivity-requirements.html",
  applications: [
    {
      name: "citrix",
      title: "Citrix",
      category: "remote-access",
      hosts: [
        "citrix.com",
        "cloud.com",
        "citrixworkspacesapi.net",
        "citrixnetworkapi.net",
        "citrixdata.com",
        "citrixcloud.jp",
        "nssvc.net",
        "xendesktop.net",
        "citrixonline.com",
      ],
    },
    {
      name: "sharefile",
      title: "ShareFile",
      category: "storage",
      source: "https://www.sharefile.com",
      hosts: ["sharefile.com", "sf-api.com", "sharefile.eu"],
    },
  ],
});
