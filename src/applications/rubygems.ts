import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rubygems",
  title: "RubyGems",
  source: "https://rubygems.org",
  applications: [
    {
      name: "rubygems",
      title: "RubyGems",
      category: "developer",
      hosts: ["rubygems.org", "ruby-lang.org"],
    },
  ],
});
