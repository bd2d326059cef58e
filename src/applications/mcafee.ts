import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mcafee",
  title: "McAfee",
  source: "https://www.mcafee.com",
  applications: [
    {
      name: "mcafee",
      title: "McAfee",
      category: "security",
      hosts: ["mcafee.com", "mcafeesecure.com", "siteadvisor.com", "hackerwatch.org"],
    },
    {
      name: "trellix",
      title: "Trellix",
      category: "security",
      source: "https://www.trellix.com",
      hosts: ["trellix.com", "fireeye.com"],
    },
  ],
});
