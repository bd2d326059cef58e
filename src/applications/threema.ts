import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "threema",
  title: "Threema",
  source: "https://threema.ch/en/faq/firewall_work",
  applications: [
    {
      name: "threema",
      title: "Threema",
      category: "messaging",
      hosts: ["threema.ch", "threema.com", "threema.id"],
    },
  ],
});
