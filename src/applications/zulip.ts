import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "zulip",
  title: "Zulip",
  source: "https://zulip.com",
  applications: [
    {
      name: "zulip",
      title: "Zulip",
      category: "messaging",
      hosts: ["zulip.com", "zulipchat.com"],
    },
  ],
});
