import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rackspace",
  title: "Rackspace",
  source: "https://www.rackspace.com",
  applications: [
    {
      name: "rackspace",
      title: "Rackspace",
      category: "cloud",
      shared: true,
      hosts: ["rackspace.com", "rackspacecloud.com", "rackcdn.com", "emailsrvr.com"],
    },
  ],
});
