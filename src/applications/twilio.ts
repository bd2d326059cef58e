import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "twilio",
  title: "Twilio",
  source: "https://www.twilio.com/docs/global-infrastructure",
  applications: [
    {
      name: "twilio",
      title: "Twilio",
      category: "voip",
      hosts: ["twilio.com", "twiliocdn.com"],
    },
    {
      name: "sendgrid",
      title: "SendGrid",
      category: "mail",
      source: "https://sendgrid.com",
      hosts: ["sendgrid.com", "sendgrid.net"],
    },
    {
      name: "segment",
      title: "Segment",
      category: "analytics",
      source: "https://segment.com",
      hosts: ["segment.com", "segment.io"],
    },
  ],
});
