import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "logitech",
  title: "Logitech",
  source: "https://www.logitech.com",
  applications: [
    {
      name: "logitech",
      title: "Logitech",
      category: "iot",
      hosts: ["logitech.com", "logi.com", "myharmony.com"],
    },
  ],
});
