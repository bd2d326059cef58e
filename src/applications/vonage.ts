import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vonage",
  title: "Vonage",
  source: "https://www.vonage.com",
  applications: [
    {
      name: "vonage",
      title: "Vonage",
      category: "voip",
      hosts: ["vonage.com", "nexmo.com", "tokbox.com", "opentok.com", "vonagenetworks.net"],
    },
  ],
});
