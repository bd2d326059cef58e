import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dash-industry-forum",
  title: "DASH Industry Forum",
  source: "https://dashif.org",
  applications: [
    {
      name: "dash-if",
      title: "DASH-IF test content",
      category: "video",
      hosts: ["dashif.org"],
    },
  ],
});
