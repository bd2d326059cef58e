import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "didi",
  title: "DiDi",
  source: "https://www.didiglobal.com",
  applications: [
    {
      name: "didi",
      title: "DiDi",
      category: "travel",
      hosts: ["didiglobal.com", "didiglobal.cn", "xiaojukeji.com", "diditaxi.com.cn"],
    },
  ],
});
