import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "i3d",
  title: "i3D.net",
  source: "https://www.i3d.net",
  applications: [
    {
      name: "i3d",
      title: "i3D.net",
      category: "cloud",
      shared: true,
      hosts: ["i3d.net"],
    },
  ],
});
