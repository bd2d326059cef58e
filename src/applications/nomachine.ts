import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nomachine",
  title: "NoMachine",
  source: "https://www.nomachine.com",
  applications: [
    {
      name: "nomachine",
      title: "NoMachine",
      category: "remote-access",
      hosts: ["nomachine.com"],
    },
  ],
});
