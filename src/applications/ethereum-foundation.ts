import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ethereum-foundation",
  title: "Ethereum Foundation",
  source: "https://ethereum.org",
  applications: [
    {
      name: "ethereum",
      title: "Ethereum",
      category: "cryptocurrency",
      hosts: ["ethereum.org", "etherscan.io", "ethdisco.net"],
    },
  ],
});
