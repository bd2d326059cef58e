import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "bluejeans",
  title: "BlueJeans",
  source: "https://www.bluejeans.com",
  applications: [
    {
      name: "bluejeans",
      title: "BlueJeans",
      category: "meeting",
      hosts: ["bluejeans.com", "bluejeansnet.com"],
    },
  ],
});
