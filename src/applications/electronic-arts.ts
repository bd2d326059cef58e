import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "electronic-arts",
  title: "Electronic Arts",
  source: "https://www.ea.com",
  applications: [
    {
      name: "electronic-arts",
      title: "Electronic Arts",
      category: "gaming",
      hosts: [
        "ea.com",
        "origin.com",
        "easports.com",
        "eamobile.com",
        "battlefield.com",
        "tnt-ea.com",
        "origin-a.akamaihd.net",
        "eaassets-a.akamaihd.net",
        "eacdn.com",
        "thesims.com",
        "respawn.com",
        "pogo.com",
      ],
    },
  ],
});
