import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vimeo",
  title: "Vimeo",
  source: "https://vimeo.com",
  applications: [
    {
      name: "vimeo",
      title: "Vimeo",
      category: "video",
      hosts: ["vimeo.com", "vimeocdn.com", "vimeopro.com", "vhx.tv"],
    },
    {
      name: "livestream",
      title: "Livestream",
      category: "video",
      source: "https://livestream.com",
      hosts: ["livestream.com"],
    },
  ],
});
