import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "alpine",
  title: "Alpine Linux",
  source: "https://alpinelinux.org",
  applications: [
    {
      name: "alpine-linux",
      title: "Alpine Linux",
      category: "update",
      hosts: ["alpinelinux.org"],
    },
  ],
});
