import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "postman",
  title: "Postman",
  source: "https://www.postman.com",
  applications: [
    {
      name: "postman",
      title: "Postman",
      category: "developer",
      hosts: ["postman.com", "getpostman.com", "pstmn.io"],
    },
  ],
});
