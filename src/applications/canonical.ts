import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "canonical",
  title: "Canonical",
  source: "https://ubuntu.com, https://canonical.com",
  applications: [
    {
      name: "ubuntu",
      title: "Ubuntu",
      category: "update",
      source: "https://launchpad.net/ubuntu/+archivemirrors",
      hosts: ["ubuntu.com", "canonical.com", "launchpad.net", "launchpadcontent.net"],
    },
    {
      name: "ubuntu-one",
      title: "Ubuntu One",
      category: "storage",
      source: "https://login.ubuntu.com",
      hosts: ["one.ubuntu.com", "login.ubuntu.com", "ubuntuone.com"],
    },
    {
      name: "snapcraft",
      title: "Snap Store",
      category: "app-store",
      source: "https://snapcraft.io/docs/network-requirements",
      hosts: ["snapcraft.io", "snapcraftcontent.com"],
    },
  ],
});
