import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mozilla",
  title: "Mozilla",
  source:
    "https://www.mozilla.org, https://support.mozilla.org/en-US/kb/how-stop-firefox-making-automatic-connections",
  applications: [
    {
      name: "mozilla",
      title: "Mozilla",
      category: "web",
      hosts: [
        "mozilla.org",
        "mozilla.com",
        "firefox.com",
        "mozilla.net",
        "mozaws.net",
        "mozgcp.net",
        "firefoxusercontent.com",
        "getpocket.com",
        "thunderbird.net",
      ],
    },
    {
      name: "mozilla-vpn",
      title: "Mozilla VPN",
      category: "vpn",
      source: "https://www.mozilla.org/products/vpn/",
      hosts: ["vpn.mozilla.org"],
    },
  ],
});
