import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "meetup",
  title: "Meetup",
  source: "https://www.meetup.com",
  applications: [
    {
      name: "meetup",
      title: "Meetup",
      category: "social",
      hosts: ["meetup.com", "meetupstatic.com"],
    },
  ],
});
