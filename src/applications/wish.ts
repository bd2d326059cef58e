import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wish",
  title: "Wish",
  source: "https://www.wish.com",
  applications: [
    {
      name: "wish",
      title: "Wish",
      category: "shopping",
      hosts: ["wish.com", "contextlogic.com"],
    },
  ],
});
