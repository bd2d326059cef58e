import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wetransfer",
  title: "WeTransfer",
  source: "https://wetransfer.com",
  applications: [
    {
      name: "wetransfer",
      title: "WeTransfer",
      category: "storage",
      hosts: ["wetransfer.com", "wetransfer.net", "we.tl", "wetransfer-static.net"],
    },
  ],
});
