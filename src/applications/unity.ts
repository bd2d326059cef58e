import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "unity",
  title: "Unity",
  source: "https://unity.com",
  applications: [
    {
      name: "unity",
      title: "Unity",
      category: "gaming",
      hosts: ["unity.com", "unity3d.com", "unitychina.cn"],
    },
    {
      name: "vivox",
      title: "Vivox",
      category: "voip",
      source: "https://docs.vivox.com",
      hosts: ["vivox.com"],
    },
  ],
});
