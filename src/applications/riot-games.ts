import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "riot-games",
  title: "Riot Games",
  source: "https://support-leagueoflegends.riotgames.com, https://www.riotgames.com",
  applications: [
    {
      name: "riot-games",
      title: "Riot Games",
      category: "gaming",
      source:
        "https://support-leagueoflegends.riotgames.com, https://www.riotgames.com; addresses: AS6507 in the RADB and the regional registries",
      hosts: [
        "riotgames.com",
        "riotcdn.net",
        "pvp.net",
        "leagueoflegends.com",
        "playvalorant.com",
        "lolesports.com",
        "playruneterra.com",
        "teamfighttactics.com",
        "riotforgegames.com",
        "rgpub.io",
        "lolstatic.com",
        "valorantesports.com",
      ],
      addresses: ["104.160.128.0/19", "162.249.72.0/21", "185.40.64.0/22", "192.64.168.0/21"],
    },
    {
      name: "lol-wild-rift",
      title: "League of Legends: Wild Rift",
      category: "gaming",
      source: "https://wildrift.leagueoflegends.com",
      hosts: ["wildrift.leagueoflegends.com"],
    },
  ],
});
