import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pusher",
  title: "Pusher",
  source: "https://pusher.com",
  applications: [
    {
      name: "pusher",
      title: "Pusher",
      category: "messaging",
      hosts: ["pusher.com", "pusherapp.com"],
    },
  ],
});
