import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "onesignal",
  title: "OneSignal",
  source: "https://onesignal.com",
  applications: [
    {
      name: "onesignal",
      title: "OneSignal",
      category: "messaging",
      hosts: ["onesignal.com", "os.tc"],
    },
  ],
});
