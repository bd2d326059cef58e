import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pdd",
  title: "PDD",
  source: "https://www.pddholdings.com",
  applications: [
    {
      name: "temu",
      title: "Temu",
      category: "shopping",
      source: "https://www.temu.com",
      hosts: ["temu.com", "kwcdn.com", "temu.to"],
    },
    {
      name: "pinduoduo",
      title: "Pinduoduo",
      category: "shopping",
      source: "https://www.pinduoduo.com",
      hosts: ["pinduoduo.com", "yangkeduo.com", "pddpic.com"],
    },
  ],
});
