import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "outbrain",
  title: "Outbrain",
  source: "https://www.outbrain.com",
  applications: [
    {
      name: "outbrain",
      title: "Outbrain",
      category: "advertising",
      hosts: ["outbrain.com", "outbrainimg.com", "teads.tv"],
    },
  ],
});
