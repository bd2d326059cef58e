import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "comscore",
  title: "Comscore",
  source: "https://www.comscore.com",
  applications: [
    {
      name: "ads-analytics",
      title: "Comscore",
      category: "analytics",
      source: "https://www.comscore.com, https://www.scorecardresearch.com",
      hosts: ["scorecardresearch.com", "comscore.com", "voicefive.com"],
    },
  ],
});
