import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "videolan",
  title: "VideoLAN",
  source: "https://www.videolan.org",
  applications: [
    {
      name: "videolan",
      title: "VideoLAN",
      category: "video",
      hosts: ["videolan.org"],
    },
  ],
});
