import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "palo-alto-networks",
  title: "Palo Alto Networks",
  source: "https://docs.paloaltonetworks.com",
  applications: [
    {
      name: "palo-alto-networks",
      title: "Palo Alto Networks",
      category: "security",
      hosts: ["paloaltonetworks.com", "gpcloudservice.com", "prismaaccess.com"],
    },
  ],
});
