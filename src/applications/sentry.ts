import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "sentry",
  title: "Sentry",
  source: "https://docs.sentry.io",
  applications: [
    {
      name: "sentry",
      title: "Sentry",
      category: "developer",
      hosts: ["sentry.io", "sentry-cdn.com"],
    },
  ],
});
