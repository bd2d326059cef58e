import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wyze",
  title: "Wyze",
  source: "https://www.wyze.com",
  applications: [
    {
      name: "wyze",
      title: "Wyze",
      category: "iot",
      hosts: ["wyze.com", "wyzecam.com"],
    },
  ],
});
