import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "telegram",
  title: "Telegram",
  source: "https://core.telegram.org/resources/cidr.txt, https://telegram.org",
  applications: [
    {
      name: "telegram",
      title: "Telegram",
      category: "messaging",
      hosts: [
        "telegram.org",
        "t.me",
        "telegram.me",
        "telegram.dog",
        "telegra.ph",
        "telesco.pe",
        "tdesktop.com",
        "cdn-telegram.org",
        "tg.dev",
      ],
      addresses: [
        "91.105.192.0/23",
        "91.108.4.0/22",
        "91.108.8.0/21",
        "91.108.16.0/21",
        "91.108.56.0/22",
        "149.154.160.0/20",
        "185.76.151.0/24",
        "2001:b28:f23c::/48",
        "2001:b28:f23d::/48",
        "2001:b28:f23f::/48",
        "2001:67c:4e8::/48",
        "2a0a:f280::/32",
      ],
    },
  ],
});
