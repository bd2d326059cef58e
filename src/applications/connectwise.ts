import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "connectwise",
  title: "ConnectWise",
  source: "https://www.screenconnect.com",
  applications: [
    {
      name: "screenconnect",
      title: "ScreenConnect",
      category: "remote-access",
      hosts: ["screenconnect.com", "connectwise.com", "hostedrmm.com"],
    },
  ],
});
