import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "pubnub",
  title: "PubNub",
  source: "https://www.pubnub.com",
  applications: [
    {
      name: "pubnub",
      title: "PubNub",
      category: "messaging",
      hosts: ["pubnub.com", "pubnubapi.com", "pndsn.com"],
    },
  ],
});
