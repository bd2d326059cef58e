import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "nvidia",
  title: "NVIDIA",
  source: "https://www.nvidia.com",
  applications: [
    {
      name: "nvidia",
      title: "NVIDIA",
      category: "web",
      hosts: ["nvidia.com", "nvidia.cn", "nvidia.eu", "nvidia.partners", "geforce.com"],
    },
    {
      name: "geforce-now",
      title: "GeForce NOW",
      category: "gaming",
      source: "https://nvidia.custhelp.com/app/answers/detail/a_id/4504 (network requirements)",
      hosts: ["geforcenow.com", "nvidiagrid.net"],
    },
  ],
});
