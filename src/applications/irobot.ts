import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "irobot",
  title: "iRobot",
  source: "https://www.irobot.com",
  applications: [
    {
      name: "irobot",
      title: "iRobot",
      category: "iot",
      hosts: ["irobot.com", "irobotapi.com"],
    },
  ],
});
