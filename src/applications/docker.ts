import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "docker",
  title: "Docker",
  source: "https://docs.docker.com/desktop/setup/allow-list/",
  applications: [
    {
      name: "docker",
      title: "Docker",
      category: "developer",
      hosts: ["docker.com", "docker.io", "dockerusercontent.com", "dockerstatic.com"],
    },
  ],
});
