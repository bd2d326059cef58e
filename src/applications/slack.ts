import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "slack",
  title: "Slack",
  source: "https://slack.com/help/articles/360001603387-Manage-Slack-connection-issues",
  applications: [
    {
      name: "slack",
      title: "Slack",
      category: "messaging",
      hosts: [
        "slack.com",
        "slack-edge.com",
        "slack-files.com",
        "slack-imgs.com",
        "slack-core.com",
        "slack-redir.net",
        "slack-msgs.com",
        "slackb.com",
        "slack-status.com",
        "slackcertified.com",
        "slackdemo.com",
        "slackhq.com",
      ],
    },
  ],
});
