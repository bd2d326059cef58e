import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "gitlab",
  title: "GitLab",
  source: "https://about.gitlab.com, https://docs.gitlab.com/ee/user/gitlab_com/",
  applications: [
    {
      name: "gitlab",
      title: "GitLab",
      category: "developer",
      hosts: ["gitlab.com", "gitlab.io", "gitlab.net", "gitlab-static.net"],
    },
  ],
});
