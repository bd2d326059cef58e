import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "dow-jones",
  title: "Dow Jones",
  source: "https://www.dowjones.com",
  applications: [
    {
      name: "wsj",
      title: "The Wall Street Journal",
      category: "news",
      source: "https://www.wsj.com",
      hosts: ["wsj.com", "wsj.net", "dowjones.com", "marketwatch.com", "barrons.com"],
    },
  ],
});
