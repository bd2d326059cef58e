import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "adyen",
  title: "Adyen",
  source: "https://www.adyen.com",
  applications: [
    {
      name: "adyen",
      title: "Adyen",
      category: "finance",
      hosts: ["adyen.com", "adyenpayments.com"],
    },
  ],
});
