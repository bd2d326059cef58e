import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "leaseweb",
  title: "Leaseweb",
  source: "https://www.leaseweb.com",
  applications: [
    {
      name: "leaseweb",
      title: "Leaseweb",
      category: "cloud",
      shared: true,
      hosts: ["leaseweb.com", "leaseweb.net", "lswcdn.net"],
    },
  ],
});
