import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vivo",
  title: "vivo",
  source: "https://www.vivo.com",
  applications: [
    {
      name: "vivo",
      title: "vivo",
      category: "iot",
      hosts: ["vivo.com", "vivo.com.cn", "vivoglobal.com"],
    },
  ],
});
