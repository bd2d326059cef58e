import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "roku",
  title: "Roku",
  source: "https://www.roku.com",
  applications: [
    {
      name: "roku",
      title: "Roku",
      category: "video",
      hosts: ["roku.com", "rokucdn.com", "rokutime.com"],
    },
  ],
});
