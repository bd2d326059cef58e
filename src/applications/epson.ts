import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "epson",
  title: "Epson",
  source: "https://www.epson.com",
  applications: [
    {
      name: "epson",
      title: "Epson",
      category: "iot",
      hosts: ["epson.com", "epsonconnect.com", "epson.net"],
    },
  ],
});
