import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "intercom",
  title: "Intercom",
  source: "https://www.intercom.com",
  applications: [
    {
      name: "intercom",
      title: "Intercom",
      category: "productivity",
      hosts: ["intercom.com", "intercom.io", "intercomcdn.com", "intercomassets.com"],
    },
  ],
});
