import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "blockchain-com",
  title: "Blockchain.com",
  source: "https://www.blockchain.com",
  applications: [
    {
      name: "blockchain-com",
      title: "Blockchain.com",
      category: "cryptocurrency",
      hosts: ["blockchain.com", "blockchain.info"],
    },
  ],
});
