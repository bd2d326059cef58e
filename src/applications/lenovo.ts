import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "lenovo",
  title: "Lenovo",
  source: "https://www.lenovo.com",
  applications: [
    {
      name: "lenovo",
      title: "Lenovo",
      category: "web",
      hosts: ["lenovo.com", "lenovomm.com", "motorola.com", "lenovo.com.cn"],
    },
  ],
});
