import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kernel-org",
  title: "Kernel.org",
  source: "https://www.kernel.org",
  applications: [
    {
      name: "kernel-org",
      title: "Kernel.org",
      category: "developer",
      hosts: ["kernel.org"],
    },
  ],
});
