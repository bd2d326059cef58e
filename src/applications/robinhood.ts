import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "robinhood",
  title: "Robinhood",
  source: "https://robinhood.com",
  applications: [
    {
      name: "robinhood",
      title: "Robinhood",
      category: "finance",
      hosts: ["robinhood.com"],
    },
  ],
});
