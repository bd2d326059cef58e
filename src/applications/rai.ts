import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rai",
  title: "Rai",
  source: "https://www.rai.it",
  applications: [
    {
      name: "raiplay",
      title: "RaiPlay",
      category: "video",
      source: "https://www.raiplay.it",
      hosts: ["raiplay.it", "rai.it", "rainews.it", "raiplaysound.it"],
    },
  ],
});
