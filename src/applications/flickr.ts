import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "flickr",
  title: "Flickr",
  source: "https://www.flickr.com",
  applications: [
    {
      name: "flickr",
      title: "Flickr",
      category: "social",
      hosts: ["flickr.com", "staticflickr.com", "flic.kr", "smugmug.com"],
    },
  ],
});
