import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "discord",
  title: "Discord",
  source: "https://discord.com",
  applications: [
    {
      name: "discord",
      title: "Discord",
      category: "messaging",
      hosts: [
        "discord.com",
        "discord.gg",
        "discordapp.com",
        "discordapp.net",
        "discord.media",
        "discordstatus.com",
        "discord.co",
        "discordcdn.com",
        "discord.new",
        "discord.gift",
        "discordactivities.com",
        "discordsays.com",
      ],
    },
  ],
});
