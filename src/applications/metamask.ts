import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "metamask",
  title: "Consensys",
  source: "https://metamask.io",
  applications: [
    {
      name: "metamask",
      title: "MetaMask",
      category: "cryptocurrency",
      hosts: ["metamask.io", "infura.io", "consensys.net"],
    },
  ],
});
