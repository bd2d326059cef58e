import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mongodb",
  title: "MongoDB",
  source: "https://www.mongodb.com",
  applications: [
    {
      name: "mongodb-atlas",
      title: "MongoDB Atlas",
      category: "cloud",
      hosts: ["mongodb.com", "mongodb.net"],
    },
  ],
});
