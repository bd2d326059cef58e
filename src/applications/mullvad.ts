import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mullvad",
  title: "Mullvad",
  source: "https://mullvad.net",
  applications: [
    {
      name: "mullvad",
      title: "Mullvad",
      category: "vpn",
      hosts: ["mullvad.net", "mullvad.app", "mullvad.org"],
    },
  ],
});
