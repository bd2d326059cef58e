import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hikvision",
  title: "Hikvision",
  source: "https://www.hikvision.com",
  applications: [
    {
      name: "hikvision",
      title: "Hikvision",
      category: "iot",
      hosts: [
        "hikvision.com",
        "hik-connect.com",
        "hikvisioneurope.com",
        "ezvizlife.com",
        "ezviz7.com",
        "ys7.com",
        "hik-online.com",
      ],
    },
  ],
});
