import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lyft",
  title: "Lyft",
  source: "https://www.lyft.com",
  applications: [
    {
      name: "lyft",
      title: "Lyft",
      category: "travel",
      hosts: ["lyft.com", "lyft.net"],
    },
  ],
});
