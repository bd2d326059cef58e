import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wolfram",
  title: "Wolfram",
  source: "https://www.wolframalpha.com",
  applications: [
    {
      name: "wolfram-alpha",
      title: "Wolfram Alpha",
      category: "education",
      hosts: ["wolframalpha.com", "wolfram.com", "wolframcloud.com"],
    },
  ],
});
