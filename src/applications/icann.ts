import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "icann",
  title: "ICANN and IANA",
  source: "https://www.icann.org",
  applications: [
    {
      name: "icann",
      title: "ICANN",
      category: "web",
      hosts: ["icann.org", "iana.org", "internic.net"],
    },
  ],
});
