import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "niantic",
  title: "Niantic",
  source: "https://nianticlabs.com",
  applications: [
    {
      name: "pokemon-go",
      title: "Pokémon GO",
      category: "gaming",
      hosts: ["nianticlabs.com", "pokemongolive.com"],
    },
  ],
});
